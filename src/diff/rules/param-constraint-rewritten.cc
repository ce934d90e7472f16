// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::rewritten);
}

}  // namespace

extern const Rule rule_param_constraint_rewritten = {
    .info =
        {
            .id = "param-constraint-rewritten",
            .severity = Severity::info,
            .twin = "param-constraint-rewritten",
            .summary = "The constraint of a parameter is stated otherwise",
            .why = "The text of the constraint changed and both forms accept the same values.",
            .example = "A range 0..1 became the list 0, 1.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: what {name} accepts is stated as {after} instead of {before}",
    .judge = judge_order,
};

}  // namespace kapi
