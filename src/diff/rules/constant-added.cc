// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::constant, Action::added},
};

}  // namespace

extern const Rule rule_constant_added = {
    .info =
        {
            .id = "constant-added",
            .severity = Severity::info,
            .twin = "constant-removed",
            .summary = "Installed headers define one more constant",
            .why = "No program of today uses it. What came to one header is told as one "
                   "finding.",
            .example = "linux/openat2.h defines RESOLVE_CACHED.",
            .remedy = "Nothing. Make sure that older kernels reject a new flag.",
        },
    .claims = kClaims,
    .message = "{name} is new ({after})",
};

}  // namespace kapi
