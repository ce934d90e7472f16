// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::removed},
};

}  // namespace

extern const Rule rule_struct_field_removed = {
    .info =
        {
            .id = "struct-field-removed",
            .severity = Severity::breaking,
            .twin = "struct-field-added",
            .summary = "A struct lost a field",
            .why =
                "Programs still set or read the bytes, which mean nothing or something else now.",
            .example = "struct open_how no longer has resolve.",
            .remedy = "Keep the field and ignore it, or name it reserved in the same place.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is gone ({before})",
    .thing = Thing::layout,
};

}  // namespace kapi
