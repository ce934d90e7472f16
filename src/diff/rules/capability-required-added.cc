// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::added},
};

std::optional<Verdict> judge_kind(const Change& change) {
  return is_required(capability_of(change)) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_capability_required_added = {
    .info =
        {
            .id = "capability-required-added",
            .severity = Severity::breaking,
            .twin = "capability-required-removed",
            .summary = "A capability is required that was not",
            .why = "Programs without the capability get EPERM where they were allowed. It is "
                   "required if its action is to perform an operation, to access a resource or to "
                   "grant a permission.",
            .example = "sys_example requires CAP_SYS_ADMIN to perform the operation.",
            .remedy = "Allow what was allowed without the capability, or introduce the requirement "
                      "with a sysctl that is off by default.",
        },
    .claims = kClaims,
    .message = "{root} now requires {name}",
    .judge = judge_kind,
};

}  // namespace kapi
