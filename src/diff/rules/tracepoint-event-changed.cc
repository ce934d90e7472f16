// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint, Action::changed, "system"},
};

}  // namespace

extern const Rule rule_tracepoint_event_changed = {
    .info =
        {
            .id = "tracepoint-event-changed",
            .severity = Severity::review,
            .twin = "tracepoint-event-changed",
            .summary = "A tracepoint has its trace event in another group, or no longer, or newly",
            .why = "Scripts name an event by its group and name, below /sys/kernel/tracing/events; "
                   "raw tracepoints go on to work. Where the event is gone, so is its record.",
            .example = "The event of block_rq_remap moved to another group.",
            .remedy = "Tell the users of tracing tools.",
        },
    .claims = kClaims,
    .message = "{root}: {after} instead of {before}",
};

}  // namespace kapi
