// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "reserved"},
};

}  // namespace

extern const Rule rule_struct_reserved_changed = {
    .info =
        {
            .id = "struct-reserved-changed",
            .severity = Severity::info,
            .twin = "struct-reserved-changed",
            .summary = "What is reserved in a struct is another part of it",
            .why = "Fields that are named reserved, pad or unused are room for later. A new "
                   "field takes some of it, or it is cut otherwise, and no program that left "
                   "it zero sees that. Where a field came or went, that is what the finding "
                   "tells, with this under it.",
            .example = "In struct statx __spare3[12] became stx_subvol and __spare3[11].",
            .remedy = "Make sure that the bytes had to be zero before, so that zero means the "
                      "old behaviour.",
        },
    .claims = kClaims,
    .message = "{root}: what is reserved is {after} instead of {before}",
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
