// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::removed},
};

}  // namespace

extern const Rule rule_return_removed = {
    .info =
        {
            .id = "return-removed",
            .severity = Severity::review,
            .twin = "return-added",
            .summary = "An API no longer states what it returns",
            .why = "Without the statement nothing holds the kernel to what programs test the "
                   "result for.",
            .example = "The return section of sys_open is gone.",
            .remedy = "Restore the section.",
        },
    .claims = kClaims,
    .message = "{root} no longer states what it returns",
};

}  // namespace kapi
