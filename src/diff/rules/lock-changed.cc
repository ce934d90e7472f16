// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::lock, Action::changed, "type"},
    {Element::lock, Action::changed, "scope"},
};

// What is demanded of the caller has rules of its own.
std::optional<Verdict> judge_other(const Change& change) {
  const bool before = change.old_side.as<Lock>()->scope == "caller_held";
  const bool after = change.new_side.as<Lock>()->scope == "caller_held";
  return change.member == "scope" && before != after ? std::nullopt : std::optional(Verdict());
}

}  // namespace

extern const Rule rule_lock_changed = {
    .info =
        {
            .id = "lock-changed",
            .severity = Severity::review,
            .twin = "lock-changed",
            .summary = "A lock is used in another way",
            .why = "Another kind of lock has other rules (a mutex may sleep, a spinlock may not), "
                   "and a lock that is left held or released has to be balanced by the caller.",
            .example = "A spinlock became a mutex.",
            .remedy = "Check every caller against the rules of the new kind or scope.",
        },
    .claims = kClaims,
    .message = "{root}: the lock {name} changed from {before} to {after}",
    .judge = judge_other,
};

}  // namespace kapi
