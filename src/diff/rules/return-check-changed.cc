// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "check"},
};

}  // namespace

extern const Rule rule_return_check_changed = {
    .info =
        {
            .id = "return-check-changed",
            .severity = Severity::review,
            .twin = "return-check-changed",
            .summary = "How success is told from failure changed",
            .why = "Programs test the result in the way that was documented: for one value, for a "
                   "range, for a list of errors, as a file descriptor. With another test they can "
                   "take failure for success.",
            .example = "The check exact became error_check.",
            .remedy = "Make sure that each result that programs take for success still is one, and "
                      "document the new test.",
        },
    .claims = kClaims,
    .message = "{root}: success is told by {after} instead of {before}",
};

}  // namespace kapi
