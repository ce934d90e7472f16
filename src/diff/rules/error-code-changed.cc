// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::error, Action::changed, "code"},
};

}  // namespace

extern const Rule rule_error_code_changed = {
    .info =
        {
            .id = "error-code-changed",
            .severity = Severity::breaking,
            .twin = "error-code-changed",
            .summary = "The number of an error changed",
            .why = "Programs are compiled with the number. They no longer recognise the error, or "
                   "take it for another one.",
            .example = "ENOTSUP was -95 and is -524.",
            .remedy = "Return the old number. Numbers above 512 are internal to the kernel and "
                      "must not reach a program.",
        },
    .claims = kClaims,
    .message = "{root} returns {after} for {name} instead of {before}",
};

}  // namespace kapi
