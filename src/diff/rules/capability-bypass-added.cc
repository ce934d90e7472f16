// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::added},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return is_bypass(capability_of(change)) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_bypass_added = {
    .info =
        {
            .id = "capability-bypass-added",
            .severity = Severity::info,
            .twin = "capability-bypass-removed",
            .summary = "A capability lifts a restriction",
            .why = "Holders of the capability may do more; nobody may do less.",
            .example = "CAP_PERFMON bypasses a check that only CAP_SYS_ADMIN did.",
            .remedy = "Check that the capability is meant to give that much.",
        },
    .claims = kClaims,
    .message = "{root}: {name} now lifts a restriction",
    .judge = judge_kind,
};

}  // namespace kapi
