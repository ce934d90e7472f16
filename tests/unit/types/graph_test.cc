// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "kapi/types.h"

namespace kapi {
namespace {

TypeId named(const TypeGraph& graph, TypeTag tag, const char* name) {
  const auto id = graph.find({tag, name});
  REQUIRE(id);
  return *id;
}

TEST_CASE("find prefers a complete record, and names of different tags do not meet") {
  TypeGraph graph;
  const TypeId declared = graph.add(RecordType{"a", false, false, 0, {}});
  CHECK(graph.find({TypeTag::structure, "a"}) == declared);
  const TypeId whole = graph.add(RecordType{"a", false, true, 4, {}});
  CHECK(graph.find({TypeTag::structure, "a"}) == whole);
  CHECK_FALSE(graph.find({TypeTag::union_, "a"}));
  CHECK_FALSE(graph.find({TypeTag::typedef_, "a"}));
  CHECK(graph.find_all({TypeTag::structure, "a"}) == std::vector<TypeId>{declared, whole});

  const TypeId later = graph.add(RecordType{"b", false, false, 0, {}});
  graph.add(RecordType{"b", false, false, 0, {}});
  graph.complete(later, RecordType{"b", false, true, 8, {}});
  CHECK(graph.find({TypeTag::structure, "b"}) == later);
  CHECK(graph.size_of(later) == 8);
}

TEST_CASE("equal content is one node only when asked for") {
  TypeGraph graph;
  const TypeId pointer = graph.intern(PointerType{0, 8});
  CHECK(graph.intern(PointerType{0, 8}) == pointer);
  CHECK(graph.intern(PointerType{0, 4}) != pointer);
  CHECK(graph.intern(VoidType{}) == 0);
  CHECK(graph.add(PointerType{0, 8}) != pointer);
}

TEST_CASE("sizes follow typedefs, arrays and qualifiers, and never wrap") {
  TypeGraph graph = TypeGraph::parse(R"(
base int size 4 signed
typedef number const int
typedef matrix [3]const [2]number
struct flexible size 4 {
  length @0 int
  tail @4 []int
}
)");
  CHECK(graph.size_of(named(graph, TypeTag::typedef_, "matrix")) == 24);
  CHECK(graph.size_of(named(graph, TypeTag::structure, "flexible")) == 4);
  CHECK(graph.size_of(0) == 0);
  TypeId huge = graph.add(ArrayType{named(graph, TypeTag::base, "int"), UINT64_MAX / 2});
  CHECK(graph.size_of(huge) == UINT64_MAX);
  huge = graph.add(ArrayType{huge, 16});
  CHECK(graph.size_of(huge) == UINT64_MAX);
}

TEST_CASE("cycles that no compiler makes end") {
  TypeGraph graph;
  const TypeId a = graph.add(TypedefType{"a", 0});
  const TypeId b = graph.add(QualifiedType{Qualifier::const_, a});
  graph[a] = TypedefType{"a", b};
  CHECK(graph.strip(a) == 0);
  CHECK(graph.size_of(b) == 0);
  const TypeId array = graph.add(ArrayType{0, 2});
  graph[array] = ArrayType{array, 2};
  CHECK(graph.size_of(array) == 0);
  const TypeId pointer = graph.add(PointerType{0, 8});
  graph[pointer] = PointerType{pointer, 8};
  CHECK(graph.spelling(pointer).size() < 100);
  graph.add(TypedefType{"p", pointer});
  const std::string text = graph.print();
  CHECK(TypeGraph::parse(text).print() == text);
  const TypeId record = graph.add(RecordType{"", false, true, 4, {{"", 0, 0, 0}}});
  std::get<RecordType>(graph[record]).members[0].type = record;
  CHECK_FALSE(find_member(graph, record, "x"));
}

TEST_CASE("members of anonymous records count from the outermost record") {
  const TypeGraph graph = TypeGraph::parse(R"(
base int size 4 signed
typedef inner_t struct size 8 {
  hidden @0 int
}
struct outer size 32 {
  first @0 int
  - @8 union size 8 {
    - @0 struct size 8 {
      low @0 int
      high @4:3 bits 5 int
    }
    whole @0 [2]int
  }
  named @16 inner_t
}
)");
  const TypeId outer = named(graph, TypeTag::structure, "outer");
  CHECK(find_member(graph, outer, "low")->bit_offset == 64);
  CHECK(find_member(graph, outer, "high")->bit_offset == 64 + 35);
  CHECK(find_member(graph, outer, "high")->bit_size == 5);
  CHECK(find_member(graph, outer, "whole")->bit_offset == 64);
  CHECK(find_member(graph, outer, "named")->bit_offset == 128);
  CHECK_FALSE(find_member(graph, outer, "hidden"));
  CHECK_FALSE(find_member(graph, outer, ""));
  CHECK_FALSE(find_member(graph, 0, "low"));
}

TEST_CASE("types are spelled as C declares them") {
  const TypeGraph graph = TypeGraph::parse(R"(
base int size 4 signed
base char size 1 char
base unsigned long size 8
struct s
typedef t int
typedef c1 *const char
typedef c2 const *char
typedef c3 *const *volatile int
typedef c4 [16]struct s
typedef c5 *func(*void, ...) int
typedef c6 [4]*func() void
typedef c7 *[3]t
typedef c8 *func(int) *func(*char) unsigned long
typedef c9 *enum size 4 {
}
typedef c10 []union size 0 {
}
typedef c11 restrict const *void
typedef c12 const [2]char
typedef c13 func(t, *struct s) *char
)");
  const auto spelled = [&](const char* name) {
    return graph.spelling(
        std::get<TypedefType>(graph[named(graph, TypeTag::typedef_, name)]).target);
  };
  CHECK(spelled("c1") == "const char *");
  CHECK(spelled("c2") == "char *const");
  CHECK(spelled("c3") == "volatile int *const *");
  CHECK(spelled("c4") == "struct s[16]");
  CHECK(spelled("c5") == "int (*)(void *, ...)");
  CHECK(spelled("c6") == "void (*[4])(void)");
  CHECK(spelled("c7") == "t (*)[3]");
  CHECK(spelled("c8") == "unsigned long (*(*)(int))(char *)");
  CHECK(spelled("c9") == "enum {...} *");
  CHECK(spelled("c10") == "union {...}[]");
  CHECK(spelled("c11") == "void *const restrict");
  CHECK(spelled("c12") == "const char[2]");
  CHECK(spelled("c13") == "char *(t, struct s *)");
  CHECK(graph.spelling(0) == "void");
}

}  // namespace
}  // namespace kapi
