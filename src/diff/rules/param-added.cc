// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::added},
};

}  // namespace

extern const Rule rule_param_added = {
    .info =
        {
            .id = "param-added",
            .severity = Severity::breaking,
            .twin = "param-removed",
            .summary = "An API takes one more parameter",
            .why = "Programs that were compiled against the old contract do not set it, so the "
                   "kernel reads whatever the register holds. For functions of the kernel itself "
                   "this is for review.",
            .example = "sys_example(fd) became sys_example(fd, flags).",
            .remedy = "Introduce a new call (as openat2 for openat), or a flag that says that the "
                      "argument is valid.",
        },
    .claims = kClaims,
    .message = "{root} takes one more parameter, {name}",
    .judge = judge_for_userspace,
    .thing = Thing::length,
};

}  // namespace kapi
