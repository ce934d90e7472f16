// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::state_transition, Action::removed},
};

}  // namespace

extern const Rule rule_state_transition_removed = {
    .info =
        {
            .id = "state-transition-removed",
            .severity = Severity::review,
            .twin = "state-transition-added",
            .summary = "An API makes one state transition fewer",
            .why = "Programs that call it to bring an object into that state wait in vain.",
            .example = "socket: connected -> closing is gone.",
            .remedy = "Check who calls the API for this transition.",
        },
    .claims = kClaims,
    .message = "{root} no longer makes the transition {name}",
};

}  // namespace kapi
