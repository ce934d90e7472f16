// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "kapi/types.h"

namespace kapi {
namespace {

TEST_CASE("the printed form of every kind of type") {
  const std::string text = R"(pointer size 4
base _Bool size 1 bool
base char size 1 char
base double size 8 float
base signed char size 1 signed char
base unsigned long size 4
enum kind size 4 signed {
  BELOW -1
  ABOVE 1
}
enum known_by_name
enum masks size 8 {
  ALL 18446744073709551615
}
struct module
struct param size 32 {
  name @0 *const char
  codes @4 [4]unsigned long
  low @20:0 bits 3 enum kind
  high @20:3 bits 13 unsigned long
  - @24 union size 4 {
    raw @0 u32
    run @0 *func(*struct param, ...) _Bool
    - @0 struct size 4 {
      size @0 volatile u32
    }
  }
  owner @28 *struct module
  tail @32 []char
}
union either size 8 {
  one @0 double
  other @0 *:2 void
}
typedef callback func() void
typedef hot _Atomic restrict *u32
typedef u32 unsigned long
)";
  CHECK(TypeGraph::parse(text).print() == text);
}

TEST_CASE("names that are not identifiers, and different types of one name, survive") {
  TypeGraph graph;
  const TypeId odd = graph.add(IntegerType{"odd \"n\\ame\"\n\xff", 4, false, false, false});
  graph.add(IntegerType{"", 2, false, false, false});
  graph.add(TypedefType{"struct", odd});
  graph.add(TypedefType{"two words", odd});
  const TypeId one = graph.add(RecordType{"r", false, true, 4, {{"-", odd, 0, 0}}});
  const TypeId two = graph.add(RecordType{"r", false, true, 8, {{"size", one, 0, 0}}});
  graph.add(RecordType{"r", false, false, 0, {}});
  graph.add(EnumType{"e", 4, false, true, {{"a b", 1}}});
  graph.add(PointerType{two, 8});
  graph.add(TypedefType{"int", two});
  graph.add(IntegerType{"int", 4, true, false, false});
  const std::string text = graph.print();
  CHECK(text.find("struct r#2 size 8 {\n  size @0 struct r\n}") != std::string::npos);
  CHECK(text.find("struct r#3\n") != std::string::npos);
  CHECK(text.find("typedef int#2 struct r#2\n") != std::string::npos);
  const TypeGraph again = TypeGraph::parse(text);
  CHECK(again.print() == text);
  CHECK(again.find({TypeTag::base, "odd \"n\\ame\"\n\xff"}));
  CHECK(again.find({TypeTag::typedef_, "two words"}));
}

TEST_CASE("declarations may stand in any order and comments anywhere") {
  const TypeGraph graph = TypeGraph::parse(
      "# a table\n\nstruct a size 0x8 {  # two of them\n  x @0 b\n  y @4 [1]b\n}\n"
      "typedef b c  # of c\nbase c size 4\n");
  CHECK(graph.print() ==
        "base c size 4\nstruct a size 8 {\n  x @0 b\n  y @4 [1]b\n}\ntypedef b c\n");
}

TEST_CASE("errors name the line and what was found there") {
  const auto error_of = [](const char* text) -> std::pair<uint64_t, std::string> {
    try {
      TypeGraph::parse(text);
    } catch (const InputError& error) {
      return {error.place().offset.value_or(0), error.reason()};
    }
    return {0, "no error"};
  };
  using Expected = std::pair<uint64_t, std::string>;
  CHECK(error_of("base int\n") == Expected{1, "expected 'size', found the end of the line"});
  CHECK(error_of("\nstruct a size 4 {\n  x @0 int\n}\n") == Expected{3, "no type is called 'int'"});
  CHECK(error_of("struct a {\n}\n") ==
        Expected{1, "struct a needs a size: no ABI is given to lay it out"});
  CHECK(error_of("struct a size 4 {\n  x *void\n}\n") ==
        Expected{2, "a member needs its offset: no ABI is given to lay it out"});
  CHECK(error_of("struct a size 4 {\n}\nstruct a size 4 {\n}\n") ==
        Expected{3, "struct a is defined twice"});
  CHECK(error_of("struct a size 4 {\n") == Expected{2, "expected a name, found the end"});
  CHECK(error_of("typedef a \"b\n") == Expected{1, "a quoted name without an end"});
  CHECK(error_of("typedef a func(void void\n") == Expected{1, "expected ',', found 'void'"});
  CHECK(error_of("class a\n") == Expected{1, "expected a declaration, found 'class'"});
  CHECK(error_of("base a size 99999999999999999999\n") == Expected{1, "not a number of 64 bits"});
  CHECK(error_of("base a size 1 ;\n") == Expected{1, "unexpected character ';'"});
  CHECK(error_of(("typedef a " + std::string(100000, '*') + "void\n").c_str()) ==
        Expected{1, "a type nested too deeply"});
}

}  // namespace
}  // namespace kapi
