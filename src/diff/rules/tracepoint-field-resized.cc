// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint_field, Action::changed, "size"},
};

}  // namespace

extern const Rule rule_tracepoint_field_resized = {
    .info =
        {
            .id = "tracepoint-field-resized",
            .severity = Severity::review,
            .twin = "tracepoint-field-resized",
            .summary = "A field of a trace event's record has another size",
            .why = "Programs with the old record read too few bytes or too many. Tools that read "
                   "the format follow.",
            .example = "The field flags grew from 4 to 8 bytes.",
            .remedy = "Tell the users of tracing tools.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is {after} instead of {before}",
};

}  // namespace kapi
