// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::loosened);
}

}  // namespace

extern const Rule rule_struct_field_constraint_loosened = {
    .info =
        {
            .id = "struct-field-constraint-loosened",
            .severity = Severity::info,
            .twin = "struct-field-constraint-tightened",
            .summary = "A field accepts more values",
            .why = "Every value that was accepted still is. Programs that relied on the error, to "
                   "find out whether a feature exists, see the feature now.",
            .example = "The mask of flags was 0x3 and is 0x7.",
            .remedy = "Nothing. Document the new values, and test that they are rejected by older "
                      "kernels.",
        },
    .claims = kClaims,
    .message = "{root}: {name} now accepts {witness}",
    .judge = judge_order,
};

}  // namespace kapi
