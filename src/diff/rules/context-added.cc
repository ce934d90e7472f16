// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::context, Action::added},
};

}  // namespace

extern const Rule rule_context_added = {
    .info =
        {
            .id = "context-added",
            .severity = Severity::info,
            .twin = "context-removed",
            .summary = "An API may be called in one more context",
            .why = "Callers of today are not affected.",
            .example = "An API for process context is declared for softirq as well.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root} may now also be called in context {name}",
};

}  // namespace kapi
