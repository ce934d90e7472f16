// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_file, Action::removed},
};

}  // namespace

extern const Rule rule_cgroup_file_removed = {
    .info =
        {
            .id = "cgroup-file-removed",
            .severity = Severity::breaking,
            .twin = "cgroup-file-added",
            .summary = "A file of control groups is gone",
            .why = "Programs that read or write it get ENOENT: resource limits are not set, "
                   "statistics are missing.",
            .example = "cgroup v2/memory.swap.high is in no table.",
            .remedy = "Keep the file, or switch its configuration option on again.",
        },
    .claims = kClaims,
    .message = "{root} is gone ({before})",
};

}  // namespace kapi
