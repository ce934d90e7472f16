// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "offset"},
};

}  // namespace

extern const Rule rule_struct_field_moved = {
    .info =
        {
            .id = "struct-field-moved",
            .severity = Severity::breaking,
            .twin = "struct-field-moved",
            .summary = "A field is at another offset",
            .why = "Programs are compiled with the offset: they read and write other bytes than "
                   "the kernel.",
            .example = "The field mode moved from offset 8 to 12.",
            .remedy = "Put the field back; add new ones at the end.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is at offset {after} instead of {before}",
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
