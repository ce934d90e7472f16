// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::added},
};

}  // namespace

extern const Rule rule_return_added = {
    .info =
        {
            .id = "return-added",
            .severity = Severity::info,
            .twin = "return-removed",
            .summary = "An API states what it returns",
            .why = "The result was not described before. From now on it is compared.",
            .example = "sys_open has a return section.",
            .remedy = "Check once that the statement is true.",
        },
    .claims = kClaims,
    .message = "{root} now states what it returns: {after}",
};

}  // namespace kapi
