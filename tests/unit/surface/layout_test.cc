// SPDX-License-Identifier: GPL-2.0-only
#include "surface/layout.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace kapi;

namespace {

// "name type (spelling) @offset+size" of each field.
std::string text_of(std::string_view graph_text, const TypeName& name) {
  const TypeGraph graph = TypeGraph::parse(graph_text, Abi{});
  const auto layout = layout_of(graph, *graph.find(name));
  if (!layout) {
    return "(none)";
  }
  std::string text =
      fmt::format("{} {} {}\n", layout->kind, layout->name, layout->size.value_or(0));
  for (const Field& field : layout->fields) {
    text += fmt::format("{} {} ({}) @{}", field.name, field.type, field.type_name, field.offset);
    text += field.size ? fmt::format("+{}", *field.size) : "";
    text += field.bits ? fmt::format(" bits {}:{}", *field.bit_offset, *field.bits) : "";
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("members of records without a name are fields of what holds them") {
  CHECK(text_of(R"(struct holder {
  head u32
  - union {
    left u16
    - struct {
      right u8
      rest s8
    }
  }
  u union {
    addr u64
    - struct {
      low u32
    }
  }
  named const struct inner
}
struct inner {
  x u8
}
)",
                {TypeTag::structure, "holder"}) == R"(struct holder 24
head uint (u32) @0+4
left uint (u16) @4+2
right uint (u8) @4+1
rest int (s8) @5+1
u.addr uint (u64) @8+8
u.low uint (u32) @8+4
named struct (struct inner) @16+1
)");
}

TEST_CASE("the classes of fields, bit-fields and arrays") {
  CHECK(text_of(R"(enum mode size 4 {
  OFF 0
}
union either {
  one u8
}
typedef handler_t *func(int) void
struct all size 64 {
  flag @0 _Bool
  share @4 bits 3 unsigned int
  other @4:3 bits 13 unsigned int
  text @8 *const char
  call @16 handler_t
  mode @24 enum mode
  either @28 union either
  grid @30 [2][3]u8
  volatile @36 volatile s32
  hooks @40 [2]*func(int, *void) int
  tail @56 []u32
}
)",
                {TypeTag::structure, "all"}) == R"(struct all 64
flag bool (_Bool) @0+1
share uint (unsigned int) @4+4 bits 0:3
other uint (unsigned int) @4+4 bits 3:13
text ptr (const char *) @8+8
call ptr (handler_t) @16+8
mode enum (enum mode) @24+4
either union (union either) @28+1
grid array (u8[6]) @30+6
volatile int (s32) @36+4
hooks array (int (*[2])(int, void *)) @40+16
tail array (u32[]) @56
)");
}

TEST_CASE("an array of records without a name shows those of its first element") {
  CHECK(text_of(
            "struct list {\n  count u32\n  item [3]struct {\n    key u16\n    value u16\n  }\n}\n",
            {TypeTag::structure, "list"}) == R"(struct list 16
count uint (u32) @0+4
item array (struct {...}[3]) @4+12
item[].key uint (u16) @4+2
item[].value uint (u16) @6+2
)");
}

TEST_CASE("a typedef names a record that has no name, and only such") {
  const char* text =
      "struct tag {\n  x u8\n}\ntypedef set_t struct {\n  sig [1]u64\n}\ntypedef tag_t struct "
      "tag\ntypedef number_t u32\nstruct unknown\n";
  CHECK(text_of(text, {TypeTag::typedef_, "set_t"}) ==
        "typedef set_t 8\nsig array (u64[1]) @0+8\n");
  CHECK(text_of(text, {TypeTag::typedef_, "tag_t"}) == "(none)");
  CHECK(text_of(text, {TypeTag::typedef_, "number_t"}) == "(none)");
  CHECK(text_of(text, {TypeTag::structure, "unknown"}) == "(none)");
}

TEST_CASE("records that expand without an end are refused") {
  TypeGraph graph;
  TypeId inner = graph.add(RecordType{"", false, true, 1, {}});
  for (int depth = 0; depth < 40; depth++) {
    inner = graph.add(RecordType{"", false, true, 1, {{"", inner, 0, 0}, {"", inner, 0, 0}}});
  }
  CHECK_FALSE(layout_of(graph, graph.add(RecordType{"bomb", false, true, 1, {{"", inner, 0, 0}}})));
}
