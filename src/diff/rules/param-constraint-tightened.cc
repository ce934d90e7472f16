// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::tightened);
}

}  // namespace

extern const Rule rule_param_constraint_tightened = {
    .info =
        {
            .id = "param-constraint-tightened",
            .severity = Severity::breaking,
            .twin = "param-constraint-loosened",
            .summary = "A parameter accepts fewer values",
            .why =
                "Each constraint stands for the set of values that it accepts. Some that the old "
                "one accepted are rejected now, and none came in return: a program that passes one "
                "of them gets an error where it got a result. The witness is the smallest of them.",
            .example = "A mask 0x7 became 0x3: bit 0x4 is rejected.",
            .remedy = "Accept the old values again, or ignore them where they have no meaning. If "
                      "nothing can have used them, waive the finding with that reason.",
        },
    .claims = kClaims,
    .message = "{root}: {name} no longer accepts {witness}",
    .judge = judge_order,
};

}  // namespace kapi
