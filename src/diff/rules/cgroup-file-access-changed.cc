// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::cgroup_file, Action::changed, "access"},
};

std::optional<Verdict> judge_access(const Change& change) {
  Verdict verdict;
  for (const std::string_view right : {"read", "write"}) {
    const bool had = change.before.find(right) != std::string::npos;
    if (had && change.after.find(right) == std::string::npos) {
      return verdict;
    }
  }
  verdict.severity = Severity::info;
  return verdict;
}

}  // namespace

extern const Rule rule_cgroup_file_access_changed = {
    .info =
        {
            .id = "cgroup-file-access-changed",
            .severity = Severity::breaking,
            .twin = "cgroup-file-access-changed",
            .summary = "A file of control groups can be read or written, or no longer",
            .why = "A file without a function that reads it cannot be read, whatever its mode, and "
                   "the same goes for writing. Rights that are gained break nothing and are only "
                   "noted.",
            .example = "memory.peak can be read and written, and could only be read.",
            .remedy = "Restore what could be done with the file.",
        },
    .claims = kClaims,
    .message = "{root}: access changed from {before} to {after}",
    .judge = judge_access,
};

}  // namespace kapi
