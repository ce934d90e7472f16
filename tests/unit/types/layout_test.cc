// SPDX-License-Identifier: GPL-2.0-only
// Layouts by our rules against those of the compiler that builds this test, which is LP64, and
// against figures measured on i386.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>

#include "kapi/types.h"

namespace kapi {
namespace {

constexpr Abi kLp64{8, 8, false};
constexpr Abi kI386{4, 4, false};
constexpr Abi kIlp32{4, 8, false};
constexpr Abi kPacked{8, 8, true};

struct Layout {
  TypeGraph graph;
  TypeId id;
  uint64_t size() const { return graph.size_of(id); }
  uint64_t bit(const char* member) const { return find_member(graph, id, member)->bit_offset; }
  uint64_t byte(const char* member) const { return bit(member) / 8; }
};

Layout layout(const char* text, const Abi& abi) {
  TypeGraph graph = TypeGraph::parse(text, abi);
  const auto id = graph.find({TypeTag::structure, "mixed"});
  REQUIRE(id);
  const TypeId record = *id;
  return {std::move(graph), record};
}

constexpr const char* kMixed = R"(
struct mixed {
  letter char
  wide u64
  flag bool
  inner struct inner      # defined below
  many [3]struct inner
  - union {
    small short
    text *const char
  }
  kind enum kind          # not declared: an int
  size size_t
  last u8
}
struct inner {
  tag u16
  value s64
  end char
}
)";

struct inner {
  uint16_t tag;
  int64_t value;
  char end;
};
enum kind { kKind };
struct mixed {
  char letter;
  uint64_t wide;
  bool flag;
  struct inner inner;
  struct inner many[3];
  union {
    short small;
    const char* text;
  };
  enum kind kind;
  size_t size;
  uint8_t last;
};
struct __attribute__((packed)) packed_inner {
  uint16_t tag;
  int64_t value;
  char end;
};

TEST_CASE("natural alignment and tail padding are the compiler's") {
  if (sizeof(void*) == 8 && alignof(uint64_t) == 8) {
    const Layout found = layout(kMixed, kLp64);
    CHECK(found.size() == sizeof(mixed));
    CHECK(found.byte("wide") == offsetof(mixed, wide));
    CHECK(found.byte("flag") == offsetof(mixed, flag));
    CHECK(found.byte("inner") == offsetof(mixed, inner));
    CHECK(found.byte("many") == offsetof(mixed, many));
    CHECK(found.byte("small") == offsetof(mixed, small));
    CHECK(found.byte("text") == offsetof(mixed, text));
    CHECK(found.byte("kind") == offsetof(mixed, kind));
    CHECK(found.byte("size") == offsetof(mixed, size));
    CHECK(found.byte("last") == offsetof(mixed, last));
  }
}

TEST_CASE("pointer size and the alignment of 64-bit integers follow the ABI") {
  // inner: 2 + 2 padding + 8 + 1 + 3 padding on i386, 24 bytes where u64 is aligned to 8.
  const Layout i386 = layout(kMixed, kI386);
  CHECK(i386.byte("wide") == 4);
  CHECK(i386.byte("inner") == 16);
  CHECK(i386.byte("many") == 32);
  CHECK(i386.byte("text") == 80);
  CHECK(i386.size() == 96);
  const Layout ilp32 = layout(kMixed, kIlp32);
  CHECK(ilp32.byte("wide") == 8);
  CHECK(ilp32.byte("inner") == 24);
  CHECK(ilp32.byte("many") == 48);
  CHECK(ilp32.byte("text") == 120);
  CHECK(ilp32.size() == 136);
}

TEST_CASE("packed records have no padding, all of them or one") {
  const Layout all = layout(kMixed, kPacked);
  CHECK(all.byte("wide") == 1);
  CHECK(all.byte("inner") == 10);
  CHECK(all.byte("many") == 10 + sizeof(packed_inner));
  CHECK(all.size() == 1 + 8 + 1 + 4 * sizeof(packed_inner) + 8 + 4 + 8 + 1);
  const Layout one = layout(
      "struct mixed {\n a char\n b struct tight\n c u64\n}\n"
      "struct tight packed {\n x char\n y u32\n}\n",
      kLp64);
  CHECK(one.byte("b") == 1);
  CHECK(one.byte("c") == 8);
  CHECK(one.size() == 16);
}

struct fields {
  unsigned first : 3;
  unsigned second : 30;  // does not fit the first unit
  uint8_t third : 2;
  uint64_t fourth : 40;
  char end;
};

TEST_CASE("bit-fields keep to the units of their types") {
  const Layout found = layout(
      "struct mixed {\n first bits 3 u32\n second bits 30 u32\n third bits 2 u8\n"
      " fourth bits 40 u64\n end char\n}\n",
      kLp64);
  CHECK(found.bit("second") == 32);
  CHECK(found.bit("third") == 62);
  CHECK(found.bit("fourth") == 64);
  CHECK(found.byte("end") == 13);
  CHECK(found.size() == sizeof(fields));
}

TEST_CASE("given offsets and sizes stay, and what follows counts from them") {
  const Layout found =
      layout("struct mixed size 64 {\n a @4 u16\n b u32\n c @32 char\n d u64\n}\n", kLp64);
  CHECK(found.byte("a") == 4);
  CHECK(found.byte("b") == 8);
  CHECK(found.byte("d") == 40);
  CHECK(found.size() == 64);
}

TEST_CASE("what C cannot lay out is refused at its line") {
  const auto reason = [](const char* text) -> std::string {
    try {
      TypeGraph::parse(text, kLp64);
    } catch (const InputError& error) {
      return error.reason();
    }
    return "no error";
  };
  CHECK(reason("struct a {\n x struct a\n}\n") == "struct a holds itself by value");
  CHECK(reason("struct a {\n x struct b\n}\nstruct b {\n x [2]struct a\n}\n") ==
        "struct a holds itself by value");
  CHECK(reason("struct a {\n x struct b\n}\n") == "the size of struct b is not known");
  CHECK(reason("struct a {\n x void\n}\n") == "a member cannot be of type void");
  CHECK(reason("struct a {\n x bits 33 u32\n}\n") == "member x has 33 bits, its type 32");
  CHECK(reason("struct a {\n x [0xffffffffffffffff]u32\n}\n") == "member x is too large");
  CHECK(reason("struct a {\n x *struct b\n}\n") == "no error");
}

TEST_CASE("the kernel's and C's names need no declaration and spell one type") {
  const TypeGraph graph = TypeGraph::parse(
      "struct mixed {\n a unsigned\n b long unsigned int\n c unsigned long\n d __u64\n e u8\n}\n",
      kI386);
  CHECK(graph.print() == R"(base unsigned char size 1 char
base unsigned int size 4
base unsigned long size 4
base unsigned long long size 8
struct mixed size 24 {
  a @0 unsigned int
  b @4 unsigned long
  c @8 unsigned long
  d @12 __u64
  e @20 u8
}
typedef __u64 unsigned long long
typedef u8 unsigned char
)");
}

}  // namespace
}  // namespace kapi
