// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::sysctl, Action::added},
};

}  // namespace

extern const Rule rule_sysctl_added = {
    .info =
        {
            .id = "sysctl-added",
            .severity = Severity::info,
            .twin = "sysctl-removed",
            .summary = "A file below /proc/sys is new",
            .why = "No program of today uses it. Hardening guides may want to know it.",
            .example = "kernel/io_uring_disabled is new.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root} is new ({after})",
};

}  // namespace kapi
