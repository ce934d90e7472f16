// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::removed},
};

}  // namespace

extern const Rule rule_struct_removed = {
    .info =
        {
            .id = "struct-removed",
            .severity = Severity::breaking,
            .twin = "struct-added",
            .summary = "A struct is no longer described",
            .why = "Programs fill or read the struct by its layout. Either the API no longer takes "
                   "it, or nothing holds the kernel to its layout any more.",
            .example = "The struct open_how is gone from the spec of sys_openat2.",
            .remedy = "Restore the description if the API still takes the struct.",
        },
    .claims = kClaims,
    .message = "{root} no longer describes the struct {name}",
};

}  // namespace kapi
