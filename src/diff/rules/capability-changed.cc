// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::changed, "number"},
    {Element::capability, Action::changed, "priority"},
};

}  // namespace

extern const Rule rule_capability_changed = {
    .info =
        {
            .id = "capability-changed",
            .severity = Severity::review,
            .twin = "capability-changed",
            .summary = "What a spec says of a capability changed",
            .why = "Under the same name another capability is meant, or it is tested in another "
                   "order.",
            .example = "number 21 became number 38.",
            .remedy = "Compare with what the code tests.",
        },
    .claims = kClaims,
    .message = "{root}: the capability {name} changed: {before} became {after}",
};

}  // namespace kapi
