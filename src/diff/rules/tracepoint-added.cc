// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint, Action::added},
};

}  // namespace

extern const Rule rule_tracepoint_added = {
    .info =
        {
            .id = "tracepoint-added",
            .severity = Severity::info,
            .twin = "tracepoint-removed",
            .summary = "A tracepoint is new",
            .why = "No program of today attaches to it.",
            .example = "sched:sched_prepare_exec is new.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root} is new ({after})",
};

}  // namespace kapi
