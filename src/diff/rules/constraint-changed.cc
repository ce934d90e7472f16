// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api_constraint, Action::changed, "expression"},
};

}  // namespace

extern const Rule rule_constraint_changed = {
    .info =
        {
            .id = "constraint-changed",
            .severity = Severity::review,
            .twin = "constraint-changed",
            .summary = "A constraint of an API changed",
            .why =
                "The expression is free text: whether the new one forbids more cannot be computed.",
            .example = "count <= 4096 became count <= 1024.",
            .remedy =
                "Compare both expressions; if the new one forbids more, treat it as breaking.",
        },
    .claims = kClaims,
    .message = "{root}: the constraint {name} is now {after} instead of {before}",
};

}  // namespace kapi
