// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint_field, Action::added},
};

}  // namespace

extern const Rule rule_tracepoint_field_added = {
    .info =
        {
            .id = "tracepoint-field-added",
            .severity = Severity::info,
            .twin = "tracepoint-field-removed",
            .summary = "A field of a trace event's record is new",
            .why = "Programs that read fields by name do not notice. Where it moves others, that "
                   "is said by itself.",
            .example = "The record of sched:sched_process_exec has a new field old_pid.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: there is a new field {name} ({after})",
};

}  // namespace kapi
