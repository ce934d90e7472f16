// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::lock, Action::added},
};

std::optional<Verdict> judge_other(const Change& change) {
  return change.new_side.as<Lock>()->scope == "caller_held" ? std::nullopt
                                                            : std::optional(Verdict());
}

}  // namespace

extern const Rule rule_lock_added = {
    .info =
        {
            .id = "lock-added",
            .severity = Severity::info,
            .twin = "lock-removed",
            .summary = "An API uses one more lock",
            .why = "The API takes, releases or uses a lock by itself. Programs see no more than "
                   "time; inside the kernel it matters for the order of locks.",
            .example = "sys_open documents files_lock as acquired.",
            .remedy = "Check the order of locks with lockdep.",
        },
    .claims = kClaims,
    .message = "{root} now uses the lock {name} ({after})",
    .judge = judge_other,
};

}  // namespace kapi
