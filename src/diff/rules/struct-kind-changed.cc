// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "kind"},
};

}  // namespace

extern const Rule rule_struct_kind_changed = {
    .info =
        {
            .id = "struct-kind-changed",
            .severity = Severity::review,
            .twin = "struct-kind-changed",
            .summary = "A struct became a union, or only a typedef names it",
            .why = "Compiled programs see the layout, which the other rules compare. Sources "
                   "that name the type by its keyword no longer compile.",
            .example = "struct sigset became typedef sigset_t.",
            .remedy = "Keep the old name beside the new one.",
        },
    .claims = kClaims,
    .message = "{root} is a {after} and was a {before}",
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
