// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::enumerator, Action::added},
};

}  // namespace

extern const Rule rule_enumerator_added = {
    .info =
        {
            .id = "enumerator-added",
            .severity = Severity::info,
            .twin = "enumerator-removed",
            .summary = "An enumeration has one more value",
            .why = "No program of today uses it. A program that looks at values from the "
                   "kernel may meet one that it does not know.",
            .example = "enum fsconfig_command has FSCONFIG_CMD_CREATE_EXCL.",
            .remedy = "Nothing. Make sure that older kernels reject the value.",
        },
    .claims = kClaims,
    .message = "{root} has the new value {name} ({after})",
    .thing = Thing::enumeration,
};

}  // namespace kapi
