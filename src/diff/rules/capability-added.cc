// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::added},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return !is_required(capability_of(change)) && !is_bypass(capability_of(change))
             ? std::optional(Verdict())
             : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_added = {
    .info =
        {
            .id = "capability-added",
            .severity = Severity::review,
            .twin = "capability-removed",
            .summary = "A capability changes what an API does",
            .why = "The capability neither allows nor excuses but modifies the behaviour, or its "
                   "action is not known. Programs that hold it by chance may see the difference.",
            .example = "CAP_SYS_RESOURCE modifies the behaviour of sys_mlock.",
            .remedy = "Check what programs with the capability get now.",
        },
    .claims = kClaims,
    .message = "{root}: {name} now matters ({after})",
    .judge = judge_kind,
};

}  // namespace kapi
