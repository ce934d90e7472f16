// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::specs, Action::removed},
};

}  // namespace

extern const Rule rule_specs_lost = {
    .info =
        {
            .id = "specs-lost",
            .severity = Severity::breaking,
            .twin = "specs-gained",
            .summary = "The specs of all APIs are gone",
            .why = "The old input declares API specs and the new one has no spec section. Most "
                   "often CONFIG_KAPI_SPEC was switched off or another image was compared than was "
                   "meant. Whatever changed in the contracts cannot be seen.",
            .example = "A kernel with five specs against one built without CONFIG_KAPI_SPEC.",
            .remedy = "Build the new kernel with CONFIG_KAPI_SPEC=y and compare again. If it is "
                      "meant to carry no specs, waive this finding.",
        },
    .claims = kClaims,
    .message = "The new input has no API specs at all; the old one declares {before}",
};

}  // namespace kapi
