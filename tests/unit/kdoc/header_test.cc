// SPDX-License-Identifier: GPL-2.0-only
// What installed headers define: constants with where they stand, types, ioctl commands.
#include <doctest/doctest.h>

#include <algorithm>

#include "kapi/kdoc.h"

namespace kapi {
namespace {

constexpr const char* kHeader = R"(
#ifndef _LINUX_SHELF_H
#define _LINUX_SHELF_H
/* struct in_a_comment { int x; }; */
#include <linux/types.h>
#define SHELF_DEEP 0x1
#define SHELF_NAME "shelf"
#define SHELF_CALL(x) ((x) + 1)
#ifdef __BIG_ENDIAN
#define SHELF_ORDER 1
#else
#define SHELF_ORDER 2
#endif
#if defined(__cplusplus)
extern "C" {
#endif
struct shelf {
	__u32 width;
	union {
		__u64 height;
		struct { __u32 low, high; } parts;
	};
	struct inner { int a; } nested[2];
};
struct only_declared;
extern struct only_declared *everybody;
enum shelf_kind { SHELF_WOOD, SHELF_IRON = 4, };
enum { SHELF_LAST = 9 };
enum shelf_made { SHELF_MAKER(SHELF_FN) SHELF_MADE_LAST, SHELF_MORE = 7, };
typedef struct { int low; } shelf_t, *shelf_pointer;
typedef struct shelf_tagged { int low; } shelf_tagged_t;
typedef enum { SHELF_A } __attribute__((packed)) shelf_enum_t;
union shelf_value { int i; } __attribute__((aligned(8)));
struct __attribute__((packed)) shelf_packed { char c; };
typedef int (*shelf_call)(struct shelf *s);
static inline int shelf_width(const struct shelf *s) { return s->width; }
#define SHELF_GET _IOR('s', 1, struct shelf)
#define SHELF_SET	_IOWR('s', 2, __u32[4])
#define SHELF_RESET _IO('s', 0x3)
#define SHELF_LOST (_IOW('s', 4, struct unknown))
#if defined(__cplusplus)
}
#endif
#endif
)";

Constants shelf() {
  Constants constants;
  constants.add_header(kHeader, "linux/shelf.h");
  return constants;
}

Target target(std::string_view architecture) {
  return {architecture, [](const std::string& type) {
            return type == "struct shelf" ? std::optional<uint64_t>(24) : std::nullopt;
          }};
}

Constant named(const std::string& name, std::string_view architecture = "x86_64") {
  for (const Constant& constant : shelf().constants(target(architecture))) {
    if (constant.name == name) {
      return constant;
    }
  }
  return {};
}

TEST_CASE("constants of a header have a place, a value, and the enumeration they are of") {
  CHECK(named("SHELF_DEEP") == Constant{"SHELF_DEEP", "", "linux/shelf.h", 1});
  CHECK(named("SHELF_IRON") == Constant{"SHELF_IRON", "shelf_kind", "linux/shelf.h", 4});
  CHECK(named("SHELF_LAST") == Constant{"SHELF_LAST", "", "linux/shelf.h", 9});
  CHECK(named("SHELF_A") == Constant{"SHELF_A", "", "linux/shelf.h", 0});
  CHECK(shelf().unnamed_enumerators() == std::vector<std::string>{"SHELF_A", "SHELF_LAST"});
}

TEST_CASE("a name whose value nobody can tell is there all the same") {
  for (const char* name : {"SHELF_NAME", "SHELF_ORDER", "SHELF_LOST"}) {
    CAPTURE(name);
    CHECK(named(name) == Constant{name, "", "linux/shelf.h", {}});
  }
  CHECK(named("SHELF_CALL").name.empty());
  CHECK(named("SHELF_MAKER").name.empty());
  CHECK(named("SHELF_MORE").value == 7);
  CHECK(named("_LINUX_SHELF_H").name.empty());
}

// The numbers are those that a C compiler for the machine gives.
TEST_CASE("ioctl commands are numbered as the architecture does, by the size of what they carry") {
  CHECK(named("SHELF_GET").value == 0x80187301);
  CHECK(named("SHELF_SET").value == 0xc0107302);
  CHECK(named("SHELF_RESET").value == 0x7303);
  CHECK(named("SHELF_GET", "mips").value == 0x40187301);
  CHECK(named("SHELF_SET", "ppc64").value == 0xc0107302);
  CHECK(named("SHELF_RESET", "ppc64").value == 0x20007303);
}

TEST_CASE("types that a header defines, whether they have a tag or only a typedef") {
  const Constants constants = shelf();
  std::string names;
  for (const HeaderType& type : constants.types()) {
    names += type.tag + " " + type.name + (type.is_enumeration ? " (enum), " : ", ");
  }
  CHECK(names ==
        "enum shelf_kind (enum), enum shelf_made (enum), struct inner, struct shelf, struct "
        "shelf_packed, "
        "struct shelf_tagged, typedef shelf_enum_t (enum), typedef shelf_t, union shelf_value, ");
}

std::string members_of(const std::string& body) {
  Constants constants;
  constants.add_header("struct s {" + body + "} __attribute__((packed, aligned(8)));");
  std::string text;
  for (const HeaderType& type : constants.types()) {
    if (type.name == "s") {
      text += type.complete ? "" : "words: ";
      for (const std::string& member : type.members) {
        text += member + (type.open_members.count(member) != 0 ? "[] " : " ");
      }
    }
  }
  return text;
}

TEST_CASE("the members of a type, also of what it holds without a tag") {
  CHECK(members_of("__u32 a; unsigned int b : 3, c:4; char d[LEN]; struct x *e, **f;") ==
        "a b c d e f ");
  CHECK(members_of("union { int a; struct { int b; } c; }; struct t { int no; } d[2];") ==
        "a b c d ");
  CHECK(members_of("enum { NO, NEVER = 2 } a; __aligned_u64 b __attribute__((aligned(8)));") ==
        "a b ");
  CHECK(members_of("int a; __DECLARE_FLEX_ARRAY(__u8, b);") == "a b[] ");
  CHECK(members_of("int a; char b[N]; char c[ ];") == "a b c[] ");
  CHECK(members_of("int a; some_macro(int, b); int c;") == "words: a b c int some_macro ");
}

TEST_CASE("texts that end in the middle of things are read as far as they go") {
  const std::string whole = kHeader;
  for (size_t length = 0; length < whole.size(); length++) {
    Constants constants;
    constants.add_header(whole.substr(0, length));
    CHECK(constants.types().size() <= 9);
  }
  for (const char* text : {"}}}} struct a {", "typedef typedef struct {", "struct struct {",
                           "enum {{{", "#define A _IOR(1, 2, \n", "#define A ((((", "\"", "/*"}) {
    Constants constants;
    constants.add_header(text);
    CHECK(constants.constants(target("")).size() <= 1);
  }
}

}  // namespace
}  // namespace kapi
