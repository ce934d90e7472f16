// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::state_transition, Action::changed, "from"},
    {Element::state_transition, Action::changed, "to"},
};

}  // namespace

extern const Rule rule_state_transition_changed = {
    .info =
        {
            .id = "state-transition-changed",
            .severity = Severity::review,
            .twin = "state-transition-changed",
            .summary = "A state transition leads elsewhere",
            .why = "From the same state the object now goes to another one, or into the same state "
                   "from another one.",
            .example = "to closed became to closing.",
            .remedy = "Check who tests for the state.",
        },
    .claims = kClaims,
    .message = "{root}: a state transition changed: {before} became {after}",
};

}  // namespace kapi
