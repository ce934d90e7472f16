// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall, Action::added},
};

}  // namespace

extern const Rule rule_syscall_added = {
    .info =
        {
            .id = "syscall-added",
            .severity = Severity::info,
            .twin = "syscall-removed",
            .summary = "A syscall is new",
            .why = "No program of today uses it. Sandboxes with a list of allowed syscalls will "
                   "meet it.",
            .example = "cachestat has the number 451.",
            .remedy = "Nothing. Sandbox and tracing tools may want to know it.",
        },
    .claims = kClaims,
    .message = "{root} is new in the table ({after})",
    .thing = Thing::function,
};

}  // namespace kapi
