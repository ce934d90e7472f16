// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::lock, Action::added},
    {Element::lock, Action::changed, "scope"},
};

std::optional<Verdict> judge_caller_held(const Change& change) {
  const auto* before = change.old_side.as<Lock>();
  const bool now = change.new_side.as<Lock>()->scope == "caller_held";
  return now && (before == nullptr || before->scope != "caller_held") ? judge_for_kernel(change)
                                                                      : std::nullopt;
}

}  // namespace

extern const Rule rule_lock_caller_held_added = {
    .info =
        {
            .id = "lock-caller-held-added",
            .severity = Severity::breaking,
            .twin = "lock-caller-held-removed",
            .summary = "The caller must hold a lock",
            .why = "Callers of the old contract do not hold it: what it protects is read or "
                   "changed in a race. For a syscall, whose program cannot hold a lock of the "
                   "kernel, this is for review.",
            .example = "The scope of mmap_lock was acquires and is caller_held.",
            .remedy = "Take the lock inside as before, or change all callers together and rename "
                      "the function.",
        },
    .claims = kClaims,
    .message = "{root} now demands that the caller holds {name}",
    .judge = judge_caller_held,
};

}  // namespace kapi
