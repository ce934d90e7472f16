// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_file, Action::added},
};

}  // namespace

extern const Rule rule_cgroup_file_added = {
    .info =
        {
            .id = "cgroup-file-added",
            .severity = Severity::info,
            .twin = "cgroup-file-removed",
            .summary = "A file of control groups is new",
            .why = "No program of today uses it.",
            .example = "cgroup v2/memory.swap.peak is new.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root} is new ({after})",
};

}  // namespace kapi
