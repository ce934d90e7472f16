// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"
#include "diff/struct_growth.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::added},
};

std::optional<Verdict> judge_added(const Change& change) {
  Verdict verdict;
  if (extends(change.old_side, change.new_side)) {
    verdict.severity = Severity::info;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_field_added = {
    .info =
        {
            .id = "struct-field-added",
            .severity = Severity::review,
            .twin = "struct-field-removed",
            .summary = "A struct has one more field",
            .why = "Programs of the old contract do not set it: where it takes the place of "
                   "padding the kernel may read garbage. At the end of a struct that carries its "
                   "size it is harmless, and only noted.",
            .example = "struct open_how has a field resolve.",
            .remedy = "Make sure that the bytes had to be zero before, so that zero means the old "
                      "behaviour.",
        },
    .claims = kClaims,
    .message = "{root}: there is a new field {name} ({after})",
    .judge = judge_added,
    .thing = Thing::layout,
};

}  // namespace kapi
