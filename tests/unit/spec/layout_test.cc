// SPDX-License-Identifier: GPL-2.0-only
#include "spec/layout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "spec/tokens.h"

using namespace kapi;

namespace {

struct Expected {
  const char* record;
  const char* member;
  uint64_t offset;
};

void check(const TypeGraph& graph, const Expected& expected) {
  CAPTURE(expected.record);
  CAPTURE(expected.member);
  const auto record = graph.find({TypeTag::structure, expected.record});
  REQUIRE(record);
  const auto member = find_member(graph, *record, expected.member);
  REQUIRE(member);
  CHECK(member->bit_offset == expected.offset * 8);
}

uint64_t size_of(const TypeGraph& graph, const char* record) {
  const auto id = graph.find({TypeTag::structure, record});
  REQUIRE(id);
  return graph.size_of(*id);
}

}  // namespace

// Sizes and offsets as compilers made them for each ABI, read from their debug information.
TEST_CASE("the built-in layout is laid out as compilers do for each ABI") {
  REQUIRE_FALSE(layout_table().empty());
  const auto& table = newest_table();

  SUBCASE("64-bit") {
    const auto graph = declarations(table, Abi{});
    CHECK(size_of(graph, "kernel_api_spec") == 26400);
    CHECK(size_of(graph, "kapi_param_spec") == 120);
    CHECK(size_of(graph, "kapi_signal_spec") == 104);
    for (const Expected& expected :
         std::initializer_list<Expected>{{"kernel_api_spec", "param_magic", 36},
                                         {"kernel_api_spec", "return_spec", 1976},
                                         {"kernel_api_spec", "struct_specs", 12488},
                                         {"kernel_api_spec", "capabilities", 25696},
                                         {"kapi_param_spec", "constraint_type", 76},
                                         {"kapi_param_spec", "size_multiplier", 112},
                                         {"kapi_signal_spec", "state_forbidden", 100},
                                         {"kapi_capability_spec", "alternative_count", 84}}) {
      check(graph, expected);
    }
  }
  SUBCASE("i386, where 64-bit integers are aligned to 4 bytes") {
    const auto graph =
        declarations(table, Abi{.pointer_size = 4, .max_alignment_of_64bit = 4, .packed = false});
    CHECK(size_of(graph, "kernel_api_spec") == 18408);
    check(graph, {"kernel_api_spec", "capabilities", 17896});
    check(graph, {"kapi_struct_field", "min_value", 28});
  }
  SUBCASE("other 32-bit machines") {
    const auto graph =
        declarations(table, Abi{.pointer_size = 4, .max_alignment_of_64bit = 8, .packed = false});
    CHECK(size_of(graph, "kernel_api_spec") == 18968);
    check(graph, {"kernel_api_spec", "capabilities", 18456});
    check(graph, {"kapi_struct_field", "min_value", 32});
  }
}

TEST_CASE("members of a later revision are noticed") {
  SpecLayout layout;
  layout.graph = TypeGraph::parse(
      "struct kapi_lock_spec {\n  lock_name *const char\n  fairness u32\n}\n"
      "struct unrelated {\n  colour u32\n}\n",
      Abi{});
  CHECK(unknown_members(layout) == std::vector<std::string>{"kapi_lock_spec.fairness"});
}

TEST_CASE("numbers have the kernel's names, the image's own first") {
  SpecLayout layout;
  layout.graph = TypeGraph::parse(
      "enum kapi_lock_scope size 4 {\n  KAPI_LOCK_INTERNAL 0\n  KAPI_LOCK_BORROWED 9\n}\n", Abi{});
  const Tokens tokens(layout);
  CHECK(tokens.of("kapi_lock_scope", 9) == "borrowed");
  CHECK(tokens.of("kapi_lock_scope", 3) == "unknown_3");
  CHECK(tokens.of("kapi_lock_type", 2) == "spinlock");
  CHECK(tokens.of("kapi_constraint_type", 12) == "custom");
  using List = std::vector<std::string>;
  CHECK(tokens.of_bits("kapi_context_flags", 0x21) == List{"process", "sleepable"});
  CHECK(tokens.of_bits("kapi_side_effect_type", 0x4000 | 0x20000 | 1) ==
        List{"alloc_memory", "irreversible", "unknown_0x20000"});
  // in and out are bits; inout, both of them, is no bit of its own.
  CHECK(tokens.of_bits("kapi_param_flags", 3) == List{"in", "out"});
  CHECK(tokens.of_bits("kapi_param_flags", 0).empty());
}
