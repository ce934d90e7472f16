// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::error, Action::added},
};

}  // namespace

extern const Rule rule_error_added = {
    .info =
        {
            .id = "error-added",
            .severity = Severity::review,
            .twin = "error-removed",
            .summary = "An API can fail with one more error",
            .why =
                "Programs that handle each documented error by itself meet one they do not know. "
                "Whether they treat it as a failure like any other must be judged by a person.",
            .example = "sys_open documents EOVERFLOW.",
            .remedy = "Check that the error occurs only where the call did not succeed before, or "
                      "document since when it occurs.",
        },
    .claims = kClaims,
    .message = "{root} can now fail with {name}",
};

}  // namespace kapi
