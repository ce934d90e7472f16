// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::removed},
};

}  // namespace

extern const Rule rule_signal_removed = {
    .info =
        {
            .id = "signal-removed",
            .severity = Severity::review,
            .twin = "signal-added",
            .summary = "An API involves one signal fewer",
            .why = "Programs that wait for the signal, or rely on it to interrupt the call, wait "
                   "in vain.",
            .example = "sys_read no longer documents that SIGALRM interrupts it.",
            .remedy = "Check that no program relies on being interrupted or notified.",
        },
    .claims = kClaims,
    .message = "{root} no longer involves the signal {name} ({before})",
};

}  // namespace kapi
