// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"
#include "diff/struct_growth.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "size"},
};

std::optional<Verdict> judge_size(const Change& change) {
  const Struct& before = *change.old_side.as<Struct>();
  const Struct& after = *change.new_side.as<Struct>();
  if (extends(change.old_side, change.new_side) || extends(change.new_side, change.old_side)) {
    return std::nullopt;
  }
  Verdict verdict;
  if (!before.size || !after.size) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_resized = {
    .info =
        {
            .id = "struct-resized",
            .severity = Severity::breaking,
            .twin = "struct-resized",
            .summary = "The size of a struct changed",
            .why = "Programs allocate the old size: the kernel reads or writes past its end, or "
                   "leaves its end unset. A struct whose size is passed along, or stands in it, "
                   "may grow at its end: that is struct-extended. It is for review where one side "
                   "states no size.",
            .example = "struct stat grew from 128 to 144 bytes.",
            .remedy = "Keep the layout, or take the size from the program and treat what is "
                      "missing as zero.",
        },
    .claims = kClaims,
    .message = "{root}: the size of the struct {name} changed from {before} to {after} bytes",
    .judge = judge_size,
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
