// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall, Action::removed},
};

}  // namespace

extern const Rule rule_syscall_removed = {
    .info =
        {
            .id = "syscall-removed",
            .severity = Severity::breaking,
            .twin = "syscall-added",
            .summary = "A syscall is gone",
            .why =
                "Programs that use it get ENOSYS. The entry of the table is empty or leads to "
                "sys_ni_syscall, because the call was removed or its configuration option is off.",
            .example = "The entry of uselib is not implemented.",
            .remedy = "Switch the option on again, or announce the removal.",
        },
    .claims = kClaims,
    .message = "{root} is gone from the table",
    .thing = Thing::function,
};

}  // namespace kapi
