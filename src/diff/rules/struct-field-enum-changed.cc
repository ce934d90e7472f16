// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "enum_values"},
};

}  // namespace

extern const Rule rule_struct_field_enum_changed = {
    .info =
        {
            .id = "struct-field-enum-changed",
            .severity = Severity::review,
            .twin = "struct-field-enum-changed",
            .summary = "The list of the values of a field changed",
            .why = "The list is text: which values came and went is for a person to see.",
            .example = "IDLE, BUSY became IDLE.",
            .remedy = "If a value is gone that programs may use, treat the change as breaking.",
        },
    .claims = kClaims,
    .message = "{root}: the values of the field {name} are listed as {after} instead of {before}",
};

}  // namespace kapi
