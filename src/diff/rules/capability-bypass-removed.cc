// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::removed},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return is_bypass(capability_of(change)) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_bypass_removed = {
    .info =
        {
            .id = "capability-bypass-removed",
            .severity = Severity::breaking,
            .twin = "capability-bypass-added",
            .summary = "A capability no longer lifts a restriction",
            .why = "Programs that hold the capability are now subject to the check, restriction or "
                   "limit that it excused them from.",
            .example = "CAP_DAC_OVERRIDE no longer bypasses the permission check of sys_open.",
            .remedy = "Keep honouring the capability.",
        },
    .claims = kClaims,
    .message = "{root}: {name} no longer lifts a restriction",
    .judge = judge_kind,
};

}  // namespace kapi
