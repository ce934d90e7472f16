// SPDX-License-Identifier: GPL-2.0-only
// BTF that lies, made from real BTF by changing a word. What is refused, why and where.
#include <doctest/doctest.h>

#include "btf_bytes.h"
#include "fixture.h"

namespace kapi {
namespace {

constexpr uint32_t kInt = 1 << 24;
constexpr uint32_t kPointer = 2 << 24;
constexpr uint32_t kStruct = 4 << 24;
constexpr uint32_t kTypedef = 8 << 24;
constexpr uint32_t kConst = 10 << 24;
constexpr uint32_t kFunction = 13 << 24;
constexpr uint32_t kTypeTag = 18 << 24;

// "reason at offset", or what went well.
std::string outcome(const std::string& bytes, const TypeName& name = {TypeTag::typedef_, "a"}) {
  try {
    const auto reader =
        open_btf(Cursor(std::as_bytes(std::span(bytes)), "raw", ".BTF", 0x1000, Endian::little));
    TypeGraph graph;
    return reader->import(graph, name) ? "imported" : "absent";
  } catch (const InputError& error) {
    CHECK(error.place().file == "raw");
    CHECK(error.place().section == ".BTF");
    REQUIRE(error.place().offset);
    return error.reason() + " at " + std::to_string(*error.place().offset - 0x1000);
  }
}

// Strings: "" at 0, "a" at 1, "b" at 3.
BtfBytes small(Endian endian = Endian::little) {
  return BtfBytes(endian, std::string("\0a\0b\0", 5));
}

TEST_CASE("well-formed BTF of either endianness") {
  for (const Endian endian : {Endian::little, Endian::big}) {
    BtfBytes btf = small(endian);
    btf.type(3, kInt, 4, {0x01000020});
    btf.type(1, kTypedef, 1);
    CHECK(outcome(btf.text()) == "imported");
    CHECK(outcome(btf.text(), {TypeTag::base, "b"}) == "imported");
    CHECK(outcome(btf.text(), {TypeTag::base, "a"}) == "absent");
  }
}

TEST_CASE("headers") {
  BtfBytes btf = small();
  btf.type(1, kTypedef, 0);
  const std::string good = btf.text();
  CHECK(outcome(good) == "imported");
  CHECK(outcome("") == "BTF needs a header of 24 bytes, found 0 at 0");
  CHECK(outcome(good.substr(0, 23)) == "BTF needs a header of 24 bytes, found 23 at 0");
  CHECK(outcome("ELF" + good) == "not BTF: the magic number 0xeb9f is missing at 0");
  CHECK(outcome(btf.with_byte(2, 2)) == "BTF version 2, only 1 is known at 2");
  CHECK(outcome(btf.with_word(4, 16)) == "a header length of 16, expected 24 to 41 at 4");
  CHECK(outcome(btf.with_word(4, 4096)) == "a header length of 4096, expected 24 to 41 at 4");
  CHECK(outcome(btf.with_word(8, 2)) == "types at 0x2, which 4 does not divide at 8");
  CHECK(outcome(btf.with_word(12, 0xfffffff0)) ==
        "types of 0xfffffff0 bytes at 0x0 run past the end at 0x11 at 8");
  CHECK(outcome(btf.with_word(12, 16)) == "the strings do not come behind the types at 16");
  CHECK(outcome(btf.with_word(16, 0xffffffff)) ==
        "strings of 0x5 bytes at 0xffffffff run past the end at 0x11 at 16");
  CHECK(outcome(btf.with_word(20, 6)) ==
        "strings of 0x6 bytes at 0xc run past the end at 0x11 at 16");
  CHECK(outcome(btf.with_word(20, 4)) == "strings that do not begin and end with a NUL at 36");
  CHECK(outcome(btf.with_word(20, 0)) == "strings that do not begin and end with a NUL at 36");
}

TEST_CASE("types that do not hold together, in both endiannesses") {
  for (const Endian endian : {Endian::little, Endian::big}) {
    BtfBytes btf = small(endian);
    btf.type(3, kInt, 4, {0x01000020});      // at 24
    btf.type(1, kStruct | 1, 4, {3, 1, 0});  // at 40: b at 0 of type 1
    CHECK(outcome(btf.text(), {TypeTag::structure, "a"}) == "imported");
    CHECK(outcome(btf.with_word(44, kStruct | 0xffff)) ==
          "type 2: STRUCT with 65535 elements runs past the end of the types at 40");
    CHECK(outcome(btf.with_word(44, 31 << 24)) == "type 2: unknown BTF kind 31 at 40");
    CHECK(outcome(btf.with_word(44, 0)) == "type 2: unknown BTF kind 0 at 40");
    CHECK(outcome(btf.with_word(40, 5)) == "type 2: a name at 0x5, the strings end at 0x5 at 40");
    CHECK(outcome(btf.with_word(52, 0xffffffff)) ==
          "type 2: a name at 0xffffffff, the strings end at 0x5 at 52");
    CHECK(outcome(btf.with_word(56, 3)) == "type id 3 is referred to, the last one is 2 at 56");
    CHECK(outcome(btf.with_word(56, 2), {TypeTag::structure, "a"}) ==
          "a type that holds itself at 40");
  }
}

TEST_CASE("a block that ends within a type") {
  BtfBytes btf = small();
  btf.type(1, kTypedef, 0);
  btf.word(1);
  btf.word(kTypedef);
  CHECK(outcome(btf.text()) == "type 2: needs 12 bytes, 8 left at 36");
}

TEST_CASE("cycles") {
  BtfBytes btf = small();
  btf.type(1, kTypedef, 2);  // at 24
  btf.type(0, kConst, 3);
  btf.type(3, kTypedef, 1);
  CHECK(outcome(btf.text()) == "a type that holds itself at 24");

  BtfBytes tags = small();
  tags.type(1, kTypedef, 2);
  tags.type(3, kTypeTag, 3);
  tags.type(3, kTypeTag, 2);
  CHECK(outcome(tags.text()) == "a chain of type tags without an end at 36");

  BtfBytes pointers = small();
  pointers.type(1, kTypedef, 2);
  pointers.type(0, kPointer, 2);
  CHECK(outcome(pointers.text()) == "a type that holds itself at 36");

  // A record may point to itself.
  BtfBytes list = small();
  list.type(0, kPointer, 2);
  list.type(1, kStruct | 1, 8, {3, 1, 0});
  CHECK(outcome(list.text(), {TypeTag::structure, "a"}) == "imported");
}

TEST_CASE("chains and trees without an end in practice") {
  BtfBytes chain = small();
  chain.type(1, kTypedef, 2);
  for (uint32_t i = 0; i < 100000; i++) {
    chain.type(0, kPointer, i == 99999 ? 0 : i + 3);
  }
  CHECK(outcome(chain.text()).starts_with("types nested too deeply at "));

  // Each function takes the one below twice: 40 of them would print 2^40 words.
  BtfBytes tree = small();
  tree.type(1, kTypedef, 2);
  for (uint32_t i = 2; i < 42; i++) {
    tree.type(0, kFunction | 2, i + 1, {0, i + 1, 0, i + 1});
  }
  tree.type(3, kInt, 4, {0x01000020});
  CHECK(outcome(tree.text()).starts_with("a type made of more types than a compiler writes at "));
}

TEST_CASE("a function used as a type") {
  BtfBytes btf = small();
  btf.type(1, kTypedef, 2);
  btf.type(3, 12 << 24, 0);
  CHECK(outcome(btf.text()) ==
        "type 2 is a variable, a function, a section or a tag, and used as a type at 36");
}

TEST_CASE("a record of the same name and another layout keeps its own node") {
  BtfBytes btf = small();
  btf.type(3, kStruct, 4);  // 1: b, 4 bytes
  btf.type(3, kStruct, 8);  // 2: b, 8 bytes
  btf.type(1, kStruct | 3, 24, {1, 1, 0, 1, 2, 64, 1, 1, 128});
  const std::string bytes = btf.text();
  const auto reader =
      open_btf(Cursor(std::as_bytes(std::span(bytes)), "raw", "", 0, Endian::little));
  CHECK(imported_text(*reader, {TypeTag::structure, "a"}) ==
        "struct a size 24 {\n  a @0 struct b\n  a @8 struct b#2\n  a @16 struct b\n}\n"
        "struct b size 4 {\n}\nstruct b#2 size 8 {\n}\n");
}

TEST_CASE("every word of real BTF may lie") {
  for (const char* name : {"gcc", "s390x"}) {
    const auto image = shapes_image(name);
    Cursor section = image->contents(*image->section(".BTF"));
    const auto span = section.span();
    const std::string whole(reinterpret_cast<const char*>(span.data()), span.size());
    int refused = 0;
    for (size_t at = 0; at + 4 <= whole.size(); at += 4) {
      std::string bytes = whole;
      bytes.replace(at, 4, "\x7f\xff\xff\x7f");
      const auto result = outcome(bytes, {TypeTag::structure, "shapes"});
      refused += result != "imported" && result != "absent" ? 1 : 0;
    }
    CHECK(refused > 500);
    CHECK(outcome(whole, {TypeTag::structure, "shapes"}) == "imported");
  }
}

TEST_CASE("BTF is known by its first bytes") {
  const std::string bytes = small().text();
  CHECK(is_btf(std::as_bytes(std::span(bytes))));
  const std::string big = small(Endian::big).text();
  CHECK(is_btf(std::as_bytes(std::span(big))));
  CHECK_FALSE(is_btf(std::as_bytes(std::span(bytes)).first(2)));
  const std::string elf =
      "\x7f"
      "ELF";
  CHECK_FALSE(is_btf(std::as_bytes(std::span(elf))));
  CHECK_FALSE(is_btf({}));
}

}  // namespace
}  // namespace kapi
