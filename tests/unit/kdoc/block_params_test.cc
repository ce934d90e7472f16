// SPDX-License-Identifier: GPL-2.0-only
// The block "param:". Expectations are what the generator of PATCH v4 writes, and what a reader of
// the compiled spec sees of it.
#include <doctest/doctest.h>

#include "spec_text.h"

namespace kapi {
namespace {

using test::block_source;
using test::losses;
using test::Losses;
using test::only_api;
using test::read;

// The parameter "flags" of a spec whose lines from line 6 on are its block.
struct Read {
  Param param;
  Losses losses;
  std::vector<Unresolved> unresolved;
};

Read param(std::string_view lines, const Constants& constants = Constants()) {
  const SpecTexts texts = read(block_source("param: flags\n" + std::string(lines)), constants);
  const Api api = only_api(texts);
  return {api.params.size() == 2 ? api.params[1] : Param{}, losses(texts), api.unresolved};
}

using Words = std::vector<std::string>;

TEST_CASE("type and flags") {
  CHECK(param("  type: uint\n").param.type == "uint");
  CHECK(param("  type: uint\n").param.type_name == "unsigned int flags");
  CHECK(param("").param.type == "void");
  CHECK(param("").param.description == "-- undescribed --");
  CHECK(param("  type: UPTR, Output, optional\n").param.type == "user_ptr");
  CHECK(param("  type: UPTR, Output, optional\n").param.flags == Words{"optional", "out", "user"});
  CHECK(param("  type: path, in\n").param.flags == Words{"in", "user"});
  CHECK(param("  type: int, input\n  type: int, output\n").param.flags == Words{"inout"});
  CHECK(param("  flags: in | user\n").param.flags == Words{"in", "user"});
  CHECK(param("  flags: inout, const\n").param.flags == Words{"const", "inout"});
  CHECK(param("  flags: KAPI_PARAM_IN | KAPI_PARAM_OUT\n").param.flags == Words{"inout"});
  const Read replaced = param("  type: user_ptr, in\n  flags: out\n");
  CHECK(replaced.param.flags == Words{"out"});
  CHECK(replaced.losses == Losses{"key-repeated:8", "key-repeated:8"});
  const Read unknown = param("  type: widget\n");
  CHECK(unknown.param.type.empty());
  CHECK(unknown.losses == Losses{"token-unknown:7"});
  CHECK(unknown.unresolved == std::vector<Unresolved>{{"params/flags/type", "widget"}});
  // The type in the first line is not translated.
  const Api head = only_api(read(block_source("param: flags, KAPI_TYPE_UINT\n")));
  CHECK(head.params[1].type == "uint");
  CHECK(losses(read(block_source("param: flags, uint\n"))) == Losses{"token-unknown:6"});
}

TEST_CASE("constraints as calls") {
  const auto constraint = [](std::string_view call) {
    const Read out = param("  type: uint\n  constraint-type: " + std::string(call) + "\n");
    CHECK(out.losses == Losses{});
    return out.param.constraint.value_or(Constraint{});
  };
  CHECK(constraint("range(-1, 0x10)").min == -1);
  CHECK(constraint("range(-1, 0x10)").max == 16);
  CHECK(!constraint("range(0, -1)").max);
  CHECK(constraint("Range( 1 , (2 + 3) )").max == 5);
  CHECK(constraint("mask(0x3 | BIT(4))").mask == Bits{0x13});
  CHECK(constraint("mask").mask == Bits{0});
  CHECK(constraint("alignment(8)").alignment == 8);
  CHECK(constraint("align(sizeof(long))").alignment == 8);
  for (const char* name : {"power_of_two", "page_aligned", "nonzero", "user_path", "user_ptr",
                           "user_string", "buffer", "custom"}) {
    CHECK(constraint(name).type == name);
  }
  CHECK(constraint("KAPI_CONSTRAINT_BITMASK").type == "mask");
  CHECK(constraint("KAPI_CONSTRAINT_NONE").type.empty());
  CHECK(param("  constraint-type: custom(check_it)\n").param.constraint_text == "check_it");
}

TEST_CASE("constraints of several lines: the last counts") {
  const Read range = param("  constraint-type: range(0, 1)\n  range: 2, 3\n");
  CHECK(range.param.constraint->min == 2);
  const Read wrapped = param("  constraint-type: mask(1 |\n    2 |\n    4)\n");
  CHECK(wrapped.param.constraint->mask == Bits{7});
  const Read string = param("  constraint-type: user_string(255)\n  range: 1, 100\n");
  CHECK(string.param.constraint->min == 1);
  CHECK(string.param.constraint->max == 100);
  CHECK(string.losses == Losses{"text-lost:7"});
  const Read pointer =
      param("  type: user_ptr\n  constraint-type: user_ptr\n  size: sizeof(int) * 2\n");
  CHECK(pointer.param.constraint->size == 8);
  CHECK(pointer.param.size == 8);
  const Read buffer = param("  type: user_ptr\n  size-param: 0\n");
  CHECK(buffer.param.size_param == 0);
  CHECK(!param("  type: uint\n  size-param: 0\n").param.size_param);
  CHECK(param("  flags: aligned\n  alignment: 16\n").param.alignment == 16);
  CHECK(!param("  flags: in\n  alignment: 16\n").param.alignment);
  CHECK(param("  cdesc: one\n    two\n").param.constraint_text == "one two");
}

TEST_CASE("what a block says in vain") {
  CHECK(param("  range: 0, 1\n").losses == Losses{"value-unused:7"});
  CHECK(param("  constraint-type: nonzero\n  mask: 1\n").losses == Losses{"value-unused:8"});
  CHECK(param("  constraint-type: range(7)\n").losses == Losses{"text-lost:7"});
  CHECK(param("  constraint-type: nonzero(7)\n").losses == Losses{"text-lost:7"});
  CHECK(param("  desc: words\n").losses == Losses{"key-unknown:7"});
  const Read joined = param("  cdesc: one\n  format: two\n");
  CHECK(joined.losses == Losses{"key-unknown:8"});
  CHECK(joined.param.constraint_text == "one format: two");
  const Read promoted = param("  type: uint\n  constraint: must be small\n");
  CHECK(promoted.losses == Losses{"section-split:8"});
  CHECK(promoted.param.constraint_text.empty());
  const Read list = param("  constraint-type: enum(3, 1)\n");
  CHECK(list.losses == Losses{"does-not-compile:7"});
  CHECK(list.param.constraint->values == std::vector<int64_t>{1, 3});
  CHECK(losses(read(block_source("param: nobody\n  type: int\n"))) == Losses{"param-unknown:6"});
  CHECK(losses(read(block_source("@nobody: words\n"))) == Losses{"param-unknown:6"});
}

TEST_CASE("a block that the generator never leaves is left") {
  const Read out = param("  no colon here\n  nor here\n  type: uint\n");
  CHECK(out.losses == Losses{"generator-hangs:7", "generator-hangs:8"});
  CHECK(out.param.type == "uint");
}

TEST_CASE("names that nobody gives a number stay names") {
  const Read mask = param("  constraint-type: mask(O_RDONLY |\n     O_FANCY)\n");
  CHECK(mask.param.constraint->type == "mask");
  CHECK(!mask.param.constraint->mask);
  CHECK(mask.unresolved ==
        std::vector<Unresolved>{{"params/flags/constraint/mask", "O_RDONLY | O_FANCY"}});
  CHECK(mask.losses == Losses{});
  Constants constants;
  constants.add_header("#define O_FANCY 0x40\n");
  CHECK(param("  constraint-type: mask(O_RDONLY | O_FANCY)\n", constants).param.constraint->mask ==
        Bits{0x40});
  const Read range = param("  constraint-type: range(LOWEST, 5)\n");
  CHECK(!range.param.constraint->min);
  CHECK(range.param.constraint->max == 5);
  CHECK(range.unresolved == std::vector<Unresolved>{{"params/flags/constraint/min", "LOWEST"}});
  const Read kind = param("  constraint-type: odd numbers\n");
  CHECK(!kind.param.constraint);
  CHECK(kind.unresolved == std::vector<Unresolved>{{"params/flags/constraint", "odd numbers"}});
}

TEST_CASE("a mask that depends on the architecture is not one number") {
  const Read out = param(
      "  constraint-type: mask(0x3)\n  arch-mask: X86 = MAP_32BIT\n  arch-mask: arm64 = 0x10\n");
  CHECK(out.losses == Losses{"arch-mask:8"});
  CHECK(!out.param.constraint->mask);
  CHECK(out.unresolved == std::vector<Unresolved>{{"params/flags/constraint/mask",
                                                   "0x3 (arch x86: MAP_32BIT; arch arm64: 0x10)"}});
  const Read dropped =
      param("  constraint-type: mask(0x3)\n  arch-mask: vax = 1\n  arch-mask: x86\n");
  CHECK(dropped.losses == Losses{"token-unknown:8", "token-unknown:9"});
  CHECK(dropped.param.constraint->mask == Bits{3});
  CHECK(param("  constraint-type: mask\n  arch-mask: x86 = 1\n").losses == Losses{"text-lost:8"});
}

}  // namespace
}  // namespace kapi
