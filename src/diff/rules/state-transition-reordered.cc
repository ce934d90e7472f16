// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::state_transition, Action::reordered},
};

}  // namespace

extern const Rule rule_state_transition_reordered = {
    .info =
        {
            .id = "state-transition-reordered",
            .severity = Severity::info,
            .twin = "state-transition-reordered",
            .summary = "State transitions are listed in another order",
            .why = "The transitions are the same. If the order of the list is meant as the order "
                   "of events, look at it.",
            .example = "open -> closing, closing -> closed are listed the other way round.",
            .remedy = "Nothing, unless the order is meant as a sequence.",
        },
    .claims = kClaims,
    .message = "{root} lists its state transitions in another order",
};

}  // namespace kapi
