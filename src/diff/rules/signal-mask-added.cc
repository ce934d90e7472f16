// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal_mask, Action::added},
};

}  // namespace

extern const Rule rule_signal_mask_added = {
    .info =
        {
            .id = "signal-mask-added",
            .severity = Severity::review,
            .twin = "signal-mask-removed",
            .summary = "An API states one more set of signals",
            .why = "A signal mask says which signals are blocked or dealt with together during the "
                   "call.",
            .example = "The mask blocked_during_setup was added.",
            .remedy = "Check whether the call now blocks what programs expect to be delivered.",
        },
    .claims = kClaims,
    .message = "{root} states one more set of signals, {name}",
};

}  // namespace kapi
