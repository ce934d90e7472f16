// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "type"},
    {Element::param, Action::changed, "type_name"},
};

std::optional<Verdict> judge_param_type(const Change& change) {
  auto verdict = judge_type(change, TypeRelation::changed);
  if (verdict && in_kernel(change)) {
    verdict->severity = Severity::review;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_param_type_changed = {
    .info =
        {
            .id = "param-type-changed",
            .severity = Severity::breaking,
            .twin = "param-type-changed",
            .summary = "The type of a parameter changed",
            .why =
                "The kernel reads the argument as something else: another width, another sign, a "
                "pointer instead of a number. Types are compared by what they are, not by how they "
                "are written; where that cannot be told from the spec, the finding is for review.",
            .example = "unsigned long addr became unsigned int addr, so the upper half of the "
                       "argument is lost.",
            .remedy = "Keep the type, or introduce a new call for the new one.",
        },
    .claims = kClaims,
    .message = "{root}: the type of {name} changed from {before} to {after}",
    .judge = judge_param_type,
    .thing = Thing::parameter,
};

}  // namespace kapi
