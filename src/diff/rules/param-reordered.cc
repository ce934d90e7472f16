// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::reordered},
};

}  // namespace

extern const Rule rule_param_reordered = {
    .info =
        {
            .id = "param-reordered",
            .severity = Severity::breaking,
            .twin = "param-reordered",
            .summary = "The parameters of an API changed their order",
            .why = "Arguments are passed by position. Programs of the old contract now pass each "
                   "of them as another one.",
            .example = "sys_example(fd, flags) became sys_example(flags, fd).",
            .remedy = "Restore the order; a new order needs a new name or number.",
        },
    .claims = kClaims,
    .message = "{root} takes its parameters in another order: {after} instead of {before}",
    .judge = judge_for_userspace,
    .thing = Thing::arguments,
    .effect = true,
};

}  // namespace kapi
