// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal_mask, Action::removed},
};

}  // namespace

extern const Rule rule_signal_mask_removed = {
    .info =
        {
            .id = "signal-mask-removed",
            .severity = Severity::review,
            .twin = "signal-mask-added",
            .summary = "An API states one set of signals fewer",
            .why =
                "Signals that were blocked or dealt with together during the call may arrive now.",
            .example = "The mask blocked_during_setup is gone.",
            .remedy = "Check whether handlers can now run in the middle of the call.",
        },
    .claims = kClaims,
    .message = "{root} no longer states the set of signals {name}",
};

}  // namespace kapi
