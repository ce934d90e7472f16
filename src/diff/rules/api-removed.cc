// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api, Action::removed},
};

}  // namespace

extern const Rule rule_api_removed = {
    .info =
        {
            .id = "api-removed",
            .severity = Severity::breaking,
            .twin = "api-added",
            .summary = "An API is no longer declared",
            .why = "A program that uses the API may find it gone. If only its spec was dropped and "
                   "the API is still there, its contract is no longer stated and nothing holds the "
                   "kernel to it.",
            .example = "The spec of sys_open is missing in the new kernel.",
            .remedy = "Restore the spec, or announce the removal of the API in the release notes "
                      "and waive the finding with that reason.",
        },
    .claims = kClaims,
    .message = "{root} is no longer declared",
    .thing = Thing::function,
    .effect = true,
};

}  // namespace kapi
