// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "success_value"},
};

}  // namespace

extern const Rule rule_return_success_changed = {
    .info =
        {
            .id = "return-success-changed",
            .severity = Severity::review,
            .twin = "return-success-changed",
            .summary = "The value that means success changed",
            .why = "Programs compare the result with the one value that meant success.",
            .example = "Success was 0 and is 1.",
            .remedy = "Keep the value. If only the spec was wrong, waive the finding.",
        },
    .claims = kClaims,
    .message = "{root} returns {after} on success instead of {before}",
};

}  // namespace kapi
