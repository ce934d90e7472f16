// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal_mask, Action::changed, "signals"},
};

}  // namespace

extern const Rule rule_signal_mask_changed = {
    .info =
        {
            .id = "signal-mask-changed",
            .severity = Severity::review,
            .twin = "signal-mask-changed",
            .summary = "A set of signals changed",
            .why = "Signals that left or joined the set are blocked or delivered where they were "
                   "not before.",
            .example = "The set 2, 15 became 2, 3, 15.",
            .remedy = "Check the signals that left or joined.",
        },
    .claims = kClaims,
    .message = "{root}: the set of signals {name} is {after} instead of {before}",
};

}  // namespace kapi
