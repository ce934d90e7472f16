// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::side_effect, Action::added},
};

}  // namespace

extern const Rule rule_side_effect_added = {
    .info =
        {
            .id = "side-effect-added",
            .severity = Severity::review,
            .twin = "side-effect-removed",
            .summary = "An API has one more side effect",
            .why = "The call now changes something it left alone. Programs that call it in a loop, "
                   "speculatively or for its result alone may not be prepared.",
            .example = "sys_open documents that it allocates memory for the path.",
            .remedy =
                "Check whether the effect is visible to programs, and document how to avoid it.",
        },
    .claims = kClaims,
    .message = "{root} has a new side effect: {after}",
};

}  // namespace kapi
