// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::lock, Action::removed},
};

std::optional<Verdict> judge_other(const Change& change) {
  return change.old_side.as<Lock>()->scope == "caller_held" ? std::nullopt
                                                            : std::optional(Verdict());
}

}  // namespace

extern const Rule rule_lock_removed = {
    .info =
        {
            .id = "lock-removed",
            .severity = Severity::info,
            .twin = "lock-added",
            .summary = "An API uses one lock fewer",
            .why = "The API no longer takes or uses the lock. Callers that relied on what it "
                   "protected during the call must look elsewhere.",
            .example = "sys_open no longer documents files_lock.",
            .remedy = "Check that nothing relied on the lock being held during the call.",
        },
    .claims = kClaims,
    .message = "{root} no longer uses the lock {name} ({before})",
    .judge = judge_other,
};

}  // namespace kapi
