// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::reordered},
};

}  // namespace

extern const Rule rule_struct_field_reordered = {
    .info =
        {
            .id = "struct-field-reordered",
            .severity = Severity::review,
            .twin = "struct-field-reordered",
            .summary = "The fields of a struct changed their order",
            .why = "The offsets in the spec did not change and the order did, so one of the two "
                   "does not describe the layout. Where offsets are not stated, the order is all "
                   "that tells it.",
            .example = "flags, mode became mode, flags.",
            .remedy = "Compare with the kernel's struct, and correct the spec.",
        },
    .claims = kClaims,
    .message = "{root}: the fields stand in another order: {after} instead of {before}",
    .thing = Thing::layout,
};

}  // namespace kapi
