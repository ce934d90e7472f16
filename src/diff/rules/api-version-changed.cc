// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api, Action::changed, "version"},
};

}  // namespace

extern const Rule rule_api_version_changed = {
    .info =
        {
            .id = "api-version-changed",
            .severity = Severity::review,
            .twin = "api-version-changed",
            .summary = "The version of an API's spec changed",
            .why = "A spec's author counts the version up to say that the contract changed. The "
                   "other findings about the API say what changed; if there are none, the change "
                   "is in what a spec cannot express.",
            .example = "version 1 became version 2.",
            .remedy = "Read the change log of the API's spec and tell the users what the new "
                      "version means.",
        },
    .claims = kClaims,
    .message = "{root} changed the version of its spec from {before} to {after}",
};

}  // namespace kapi
