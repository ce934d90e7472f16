// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint_field, Action::reordered},
};

}  // namespace

extern const Rule rule_tracepoint_field_moved = {
    .info =
        {
            .id = "tracepoint-field-moved",
            .severity = Severity::review,
            .twin = "tracepoint-field-moved",
            .summary = "Fields of a trace event's record are at other offsets",
            .why = "Tools that read the file format of the event, and BPF programs whose accesses "
                   "are relocated (CO-RE), follow. Programs with the offsets of the old record "
                   "built in read other bytes.",
            .example = "A new field before them moved ret and len.",
            .remedy = "Tell the users of tracing tools, or add fields at the end.",
        },
    .claims = kClaims,
    .message = "{root}: fields moved from {before} to {after}",
};

}  // namespace kapi
