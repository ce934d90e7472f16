// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::lock, Action::removed},
    {Element::lock, Action::changed, "scope"},
};

std::optional<Verdict> judge_caller_held(const Change& change) {
  const auto* after = change.new_side.as<Lock>();
  const bool before = change.old_side.as<Lock>()->scope == "caller_held";
  return before && (after == nullptr || after->scope != "caller_held") ? std::optional(Verdict())
                                                                       : std::nullopt;
}

}  // namespace

extern const Rule rule_lock_caller_held_removed = {
    .info =
        {
            .id = "lock-caller-held-removed",
            .severity = Severity::info,
            .twin = "lock-caller-held-added",
            .summary = "The caller need not hold a lock",
            .why = "Callers that hold it may go on to do so, unless the function now takes it "
                   "itself: then they deadlock, and the other findings on the lock say so.",
            .example = "The scope of rcu was caller_held and is internal.",
            .remedy = "If the function takes the lock itself now, change the callers that hold it.",
        },
    .claims = kClaims,
    .message = "{root} no longer demands that the caller holds {name}",
    .judge = judge_caller_held,
};

}  // namespace kapi
