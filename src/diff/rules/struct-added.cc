// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::added},
};

}  // namespace

extern const Rule rule_struct_added = {
    .info =
        {
            .id = "struct-added",
            .severity = Severity::info,
            .twin = "struct-removed",
            .summary = "A struct is newly described",
            .why = "The layout was not described before. From now on it is compared.",
            .example = "The spec of sys_openat2 describes struct open_how.",
            .remedy = "Check once that the layout is the real one.",
        },
    .claims = kClaims,
    .message = "{root} describes the struct {name}",
};

}  // namespace kapi
