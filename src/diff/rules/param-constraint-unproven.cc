// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::unproven);
}

}  // namespace

extern const Rule rule_param_constraint_unproven = {
    .info =
        {
            .id = "param-constraint-unproven",
            .severity = Severity::review,
            .twin = "param-constraint-unproven",
            .summary = "What a parameter accepts changed in a way that cannot be compared",
            .why = "One of the two constraints does not denote a set of numbers (a user pointer, a "
                   "path, a check in code), so whether it accepts more or fewer values cannot be "
                   "decided from the specs.",
            .example = "A constraint user_path became custom.",
            .remedy = "Read both constraints, and the code that checks them. If they agree, waive "
                      "the finding.",
        },
    .claims = kClaims,
    .message =
        "{root}: what {name} accepts is stated otherwise and cannot be compared: {before} became "
        "{after}",
    .judge = judge_order,
};

}  // namespace kapi
