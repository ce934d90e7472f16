// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api_constraint, Action::removed},
};

}  // namespace

extern const Rule rule_constraint_removed = {
    .info =
        {
            .id = "constraint-removed",
            .severity = Severity::review,
            .twin = "constraint-added",
            .summary = "An API states one constraint fewer",
            .why = "What was forbidden may be allowed now, or is merely no longer said.",
            .example = "The constraint count_limit is gone.",
            .remedy = "If the kernel still enforces it, restore the constraint.",
        },
    .claims = kClaims,
    .message = "{root} no longer demands {before}",
};

}  // namespace kapi
