// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "error_values"},
};

}  // namespace

extern const Rule rule_return_errors_changed = {
    .info =
        {
            .id = "return-errors-changed",
            .severity = Severity::review,
            .twin = "return-errors-changed",
            .summary = "The list of results that mean failure changed",
            .why = "With the check error_check, every result outside the list is success. A value "
                   "that leaves the list is taken for success from then on.",
            .example = "The list -1, -22 became -22.",
            .remedy = "Compare the list with what the code returns.",
        },
    .claims = kClaims,
    .message = "{root}: the results that mean failure are {after} instead of {before}",
};

}  // namespace kapi
