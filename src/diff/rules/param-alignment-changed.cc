// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "alignment"},
};

}  // namespace

extern const Rule rule_param_alignment_changed = {
    .info =
        {
            .id = "param-alignment-changed",
            .severity = Severity::review,
            .twin = "param-alignment-changed",
            .summary = "The alignment that a parameter must have changed",
            .why = "A stricter alignment makes addresses invalid that were valid; a weaker one "
                   "does no harm.",
            .example = "alignment 4 became alignment 8.",
            .remedy =
                "Accept the old alignment, or check that no allocator hands out anything weaker.",
        },
    .claims = kClaims,
    .message = "{root}: {name} must be aligned to {after} instead of {before}",
    .thing = Thing::parameter,
    .effect = true,
};

}  // namespace kapi
