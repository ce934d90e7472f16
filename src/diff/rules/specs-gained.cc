// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::specs, Action::added},
};

}  // namespace

extern const Rule rule_specs_gained = {
    .info =
        {
            .id = "specs-gained",
            .severity = Severity::info,
            .twin = "specs-lost",
            .summary = "API specs where there were none",
            .why = "The old input has no spec section and the new one declares specs. There is "
                   "nothing to compare them with; from now on there is.",
            .example = "The first release that is built with CONFIG_KAPI_SPEC=y.",
            .remedy = "Nothing. The next comparison covers the specs.",
        },
    .claims = kClaims,
    .message = "The new input declares {after}; the old one has no API specs",
};

}  // namespace kapi
