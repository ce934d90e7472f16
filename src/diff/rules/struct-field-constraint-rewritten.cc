// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::rewritten);
}

}  // namespace

extern const Rule rule_struct_field_constraint_rewritten = {
    .info =
        {
            .id = "struct-field-constraint-rewritten",
            .severity = Severity::info,
            .twin = "struct-field-constraint-rewritten",
            .summary = "The constraint of a field is stated otherwise",
            .why = "The text of the constraint changed and both forms accept the same values.",
            .example =
                "A range without an upper bound is stated with the largest value as its bound.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: what {name} accepts is stated as {after} instead of {before}",
    .judge = judge_order,
};

}  // namespace kapi
