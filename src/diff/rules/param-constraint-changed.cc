// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::changed);
}

}  // namespace

extern const Rule rule_param_constraint_changed = {
    .info =
        {
            .id = "param-constraint-changed",
            .severity = Severity::breaking,
            .twin = "param-constraint-changed",
            .summary = "A parameter accepts some values more and some fewer",
            .why =
                "Some values that the old constraint accepted are rejected now, and others are "
                "accepted instead. The witness is the smallest value that is no longer accepted.",
            .example = "A range 0..10 became 5..20: 0 is rejected, 11 is accepted.",
            .remedy = "Accept the old values beside the new ones.",
        },
    .claims = kClaims,
    .message =
        "{root}: {name} accepts other values ({after} instead of {before}); {witness} no longer",
    .judge = judge_order,
};

}  // namespace kapi
