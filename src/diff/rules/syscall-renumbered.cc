// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall, Action::changed, "number"},
};

}  // namespace

extern const Rule rule_syscall_renumbered = {
    .info =
        {
            .id = "syscall-renumbered",
            .severity = Severity::breaking,
            .twin = "syscall-renumbered",
            .summary = "A syscall has another number",
            .why = "Programs are compiled with the number: they call something else, or nothing.",
            .example = "cachestat moved from 451 to 452.",
            .remedy = "Restore the number. A number that was in a release is taken for ever.",
        },
    .claims = kClaims,
    .message = "{root} has the number {after} instead of {before}",
};

}  // namespace kapi
