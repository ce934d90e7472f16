// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::removed},
};

}  // namespace

extern const Rule rule_param_removed = {
    .info =
        {
            .id = "param-removed",
            .severity = Severity::breaking,
            .twin = "param-added",
            .summary = "An API lost a parameter",
            .why = "Programs still pass the argument: what follows it moves to other registers, or "
                   "its effect is gone. For functions of the kernel itself, whose callers are "
                   "compiled with it, this is for review.",
            .example = "sys_example(fd, flags) became sys_example(fd).",
            .remedy =
                "Keep the parameter and ignore it, or give the new form a new name or number.",
        },
    .claims = kClaims,
    .message = "{root} no longer takes {name}",
    .judge = judge_for_userspace,
    .thing = Thing::length,
};

}  // namespace kapi
