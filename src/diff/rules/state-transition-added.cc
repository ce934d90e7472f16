// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::state_transition, Action::added},
};

}  // namespace

extern const Rule rule_state_transition_added = {
    .info =
        {
            .id = "state-transition-added",
            .severity = Severity::review,
            .twin = "state-transition-removed",
            .summary = "An API makes one more state transition",
            .why = "An object can enter a state through this call that it could not before.",
            .example = "socket: connected -> closing was added.",
            .remedy = "Check who relies on the object not being in that state.",
        },
    .claims = kClaims,
    .message = "{root} makes one more transition: {name}",
};

}  // namespace kapi
