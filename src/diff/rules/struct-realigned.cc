// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "alignment"},
};

std::optional<Verdict> judge_alignment(const Change& change) {
  Verdict verdict;
  if (is_layout(change)) {
    verdict.severity = Severity::info;
    verdict.message = "{root} is aligned to {after} instead of {before}";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_realigned = {
    .info =
        {
            .id = "struct-realigned",
            .severity = Severity::review,
            .twin = "struct-realigned",
            .summary = "The alignment of a struct changed",
            .why = "A stricter alignment makes addresses invalid that were valid, and moves the "
                   "struct inside of others. In a layout as compiled the fields say what moved, "
                   "so that there it is only noted.",
            .example = "alignment 4 became alignment 8.",
            .remedy =
                "Check on 32-bit architectures, where 64-bit members are aligned differently.",
        },
    .claims = kClaims,
    .message = "{root}: the struct {name} is aligned to {after} instead of {before}",
    .judge = judge_alignment,
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
