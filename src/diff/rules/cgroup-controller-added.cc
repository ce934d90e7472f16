// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_controller, Action::added},
};

}  // namespace

extern const Rule rule_cgroup_controller_added = {
    .info =
        {
            .id = "cgroup-controller-added",
            .severity = Severity::info,
            .twin = "cgroup-controller-removed",
            .summary = "A controller has files in a hierarchy of control groups for the first time",
            .why = "No program of today uses them.",
            .example = "The controller misc has files in the unified hierarchy (v2).",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: the controller is new ({after})",
};

}  // namespace kapi
