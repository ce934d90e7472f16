// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_controller, Action::removed},
};

}  // namespace

extern const Rule rule_cgroup_controller_removed = {
    .info =
        {
            .id = "cgroup-controller-removed",
            .severity = Severity::breaking,
            .twin = "cgroup-controller-added",
            .summary = "A controller has no more files in a hierarchy of control groups",
            .why = "Programs that use the controller in that hierarchy find none of its files. As "
                   "a rule a configuration option is off: CONFIG_MEMCG_V1 and CONFIG_CPUSETS_V1 "
                   "took over the files of the first hierarchy in Linux 6.11 and 6.12.",
            .example = "The controller memory has no files in the first hierarchy (v1).",
            .remedy =
                "Switch the option on again, or move the users to the unified hierarchy (v2).",
        },
    .claims = kClaims,
    .message = "{root}: the controller is gone with its files ({before})",
};

}  // namespace kapi
