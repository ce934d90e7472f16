// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::changed, "action"},
};

}  // namespace

extern const Rule rule_signal_action_changed = {
    .info =
        {
            .id = "signal-action-changed",
            .severity = Severity::breaking,
            .twin = "signal-action-changed",
            .summary = "What a signal does changed",
            .why = "The signal now ends, stops, restarts or interrupts where it did something "
                   "else. A handler or a retry loop that was right is wrong now.",
            .example = "The action return became terminate.",
            .remedy =
                "Restore the action, or make the new one depend on a flag that the program sets.",
        },
    .claims = kClaims,
    .message = "{root}: the signal {name} now leads to {after} instead of {before}",
};

}  // namespace kapi
