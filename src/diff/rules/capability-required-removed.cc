// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::removed},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return is_required(capability_of(change)) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_required_removed = {
    .info =
        {
            .id = "capability-required-removed",
            .severity = Severity::info,
            .twin = "capability-required-added",
            .summary = "A capability is no longer required",
            .why = "More programs are allowed; none is denied. It may be worth a look by those who "
                   "care for security.",
            .example = "sys_example no longer requires CAP_SYS_ADMIN.",
            .remedy = "Check that the requirement was dropped on purpose.",
        },
    .claims = kClaims,
    .message = "{root} no longer requires {name}",
    .judge = judge_kind,
};

}  // namespace kapi
