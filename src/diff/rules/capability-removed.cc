// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::removed},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return !is_required(capability_of(change)) && !is_bypass(capability_of(change))
             ? std::optional(Verdict())
             : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_removed = {
    .info =
        {
            .id = "capability-removed",
            .severity = Severity::review,
            .twin = "capability-added",
            .summary = "A capability no longer changes what an API does",
            .why = "The capability modified the behaviour, or did something that is not known. "
                   "Programs that hold it for that no longer get it.",
            .example = "CAP_SYS_RESOURCE no longer modifies the behaviour of sys_mlock.",
            .remedy = "Check what programs with the capability get now.",
        },
    .claims = kClaims,
    .message = "{root}: {name} no longer matters ({before})",
    .judge = judge_kind,
};

}  // namespace kapi
