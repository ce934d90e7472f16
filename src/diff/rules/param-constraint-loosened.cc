// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::loosened);
}

}  // namespace

extern const Rule rule_param_constraint_loosened = {
    .info =
        {
            .id = "param-constraint-loosened",
            .severity = Severity::info,
            .twin = "param-constraint-tightened",
            .summary = "A parameter accepts more values",
            .why = "Every value that was accepted still is. Programs that relied on the error, to "
                   "find out whether a feature exists, see the feature now.",
            .example = "A mask 0x3 became 0x7: bit 0x4 is accepted.",
            .remedy = "Nothing. Document the new values, and test that they are rejected by older "
                      "kernels.",
        },
    .claims = kClaims,
    .message = "{root}: {name} now accepts {witness}",
    .judge = judge_order,
};

}  // namespace kapi
