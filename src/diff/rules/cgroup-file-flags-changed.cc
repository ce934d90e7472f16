// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_file, Action::changed, "flags"},
};

// Whether the flag, which hides the file from some groups, was gained.
bool gained(const Change& change, std::string_view flag) {
  return change.before.find(flag) == std::string::npos &&
         change.after.find(flag) != std::string::npos;
}

std::optional<Verdict> judge_flags(const Change& change) {
  Verdict verdict;
  const bool debug = change.before.find("debug") != std::string::npos;
  if (debug && !gained(change, "debug")) {
    verdict.severity = Severity::info;  // nobody but developers has met it
  } else if (gained(change, "not_on_root") || gained(change, "only_on_root") ||
             gained(change, "debug")) {
    verdict.severity = Severity::breaking;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_cgroup_file_flags_changed = {
    .info =
        {
            .id = "cgroup-file-flags-changed",
            .severity = Severity::review,
            .twin = "cgroup-file-flags-changed",
            .summary = "A file of control groups is found elsewhere or behaves in another way",
            .why = "The flags say whether the root group has the file (not_on_root), whether only "
                   "it has (only_on_root), whether it is there with the boot option cgroup_debug "
                   "only (debug), and whether a delegated group may write it (ns_delegatable). "
                   "Where a group lost the file, its users get ENOENT.",
            .example = "misc.current lost not_on_root: the root group has it now.",
            .remedy = "Look at which groups have the file.",
        },
    .claims = kClaims,
    .message = "{root}: flags changed from {before} to {after}",
    .judge = judge_flags,
};

}  // namespace kapi
