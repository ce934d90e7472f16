// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::sysctl, Action::removed},
};

std::optional<Verdict> judge_removed(const Change& change) {
  Verdict verdict;
  if (change.has_namesake) {
    verdict.severity = Severity::review;
    verdict.message = "one of the files named {name} below /proc/sys is gone ({before})";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_sysctl_removed = {
    .info =
        {
            .id = "sysctl-removed",
            .severity = Severity::breaking,
            .twin = "sysctl-added",
            .summary = "A file below /proc/sys is gone",
            .why = "Programs that read or write it, and every line of sysctl.conf that names it, "
                   "get ENOENT. Tables are compared by the names in them, so one that moved inside "
                   "the kernel is not gone. Where another file of the same name is left, this is "
                   "for review: the image does not say in which folder either is.",
            .example = "kernel/sched_child_runs_first has no entry in any table.",
            .remedy = "Keep the file, if only to accept what it accepted and do nothing; or switch "
                      "its configuration option on again.",
        },
    .claims = kClaims,
    .message = "{root} is gone ({before})",
    .judge = judge_removed,
};

}  // namespace kapi
