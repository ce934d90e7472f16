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

// The list of flags without one of them.
std::string without(std::string flags, const std::string& flag) {
  for (const std::string& part : {", " + flag, flag + ", ", flag}) {
    if (const size_t at = flags.find(part); at != std::string::npos) {
      return flags.erase(at, part.size());
    }
  }
  return flags;
}

std::optional<Verdict> judge_flags(const Change& change) {
  Verdict verdict;
  const bool debug = change.before.find("debug") != std::string::npos;
  if (debug && !gained(change, "debug")) {
    verdict.severity = Severity::info;  // nobody but developers has met it
  } else if (without(change.before, "not_on_root") == change.after ||
             without(change.before, "only_on_root") == change.after) {
    verdict.severity = Severity::info;  // more groups have it
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
