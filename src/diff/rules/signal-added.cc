// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::added},
};

}  // namespace

extern const Rule rule_signal_added = {
    .info =
        {
            .id = "signal-added",
            .severity = Severity::review,
            .twin = "signal-removed",
            .summary = "An API involves one more signal",
            .why = "Programs may be interrupted or sent a signal where they were not before. "
                   "Whether they are prepared must be judged by a person.",
            .example = "sys_mlock documents SIGBUS.",
            .remedy =
                "Check when the signal occurs and whether its default action ends the program.",
        },
    .claims = kClaims,
    .message = "{root} now involves the signal {name} ({after})",
};

}  // namespace kapi
