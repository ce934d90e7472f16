// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "flags"},
};

}  // namespace

extern const Rule rule_struct_field_flags_changed = {
    .info =
        {
            .id = "struct-field-flags-changed",
            .severity = Severity::review,
            .twin = "struct-field-flags-changed",
            .summary = "The flags of a field changed",
            .why = "The flags say whether the kernel reads or writes the field, and what memory it "
                   "points to.",
            .example = "The field size was in and is inout.",
            .remedy = "Check whether programs set what is now read, and read what is now written.",
        },
    .claims = kClaims,
    .message = "{root}: the flags of the field {name} are {after} instead of {before}",
};

}  // namespace kapi
