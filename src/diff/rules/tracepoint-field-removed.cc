// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint_field, Action::removed},
};

}  // namespace

extern const Rule rule_tracepoint_field_removed = {
    .info =
        {
            .id = "tracepoint-field-removed",
            .severity = Severity::breaking,
            .twin = "tracepoint-field-added",
            .summary = "A field of a trace event's record is gone",
            .why = "Programs that read it by name fail to load or print nothing; programs with the "
                   "old record read other bytes.",
            .example = "The record of kmem:mm_page_alloc has no field pfn.",
            .remedy = "Keep the field, or tell the users of tracing tools.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is gone ({before})",
};

}  // namespace kapi
