// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api_constraint, Action::added},
};

}  // namespace

extern const Rule rule_constraint_added = {
    .info =
        {
            .id = "constraint-added",
            .severity = Severity::review,
            .twin = "constraint-removed",
            .summary = "An API states one more constraint",
            .why = "A constraint of the API as a whole is words or an expression, and what it "
                   "excludes cannot be computed. A new one may forbid what was allowed.",
            .example = "A constraint count_limit: count <= INT_MAX was added.",
            .remedy = "Check whether calls that kept to the old contract can violate it.",
        },
    .claims = kClaims,
    .message = "{root} demands something new: {after}",
};

}  // namespace kapi
