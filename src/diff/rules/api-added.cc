// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api, Action::added},
};

}  // namespace

extern const Rule rule_api_added = {
    .info =
        {
            .id = "api-added",
            .severity = Severity::info,
            .twin = "api-removed",
            .summary = "An API is newly declared",
            .why =
                "No program can depend on it yet. From this release on its contract is compared.",
            .example = "The new kernel has a spec of sys_cachestat.",
            .remedy =
                "Review the spec once with care: whatever it promises is compared from now on.",
        },
    .claims = kClaims,
    .message = "{root} is newly declared",
    .thing = Thing::function,
    .effect = true,
};

}  // namespace kapi
