// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "flags"},
};

std::optional<Verdict> judge_optional(const Change& change) {
  const auto& before = change.old_side.as<Param>()->flags;
  const auto& after = change.new_side.as<Param>()->flags;
  if (!token_lost(after, before, "optional")) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = "";
  verdict.after = "optional";
  return verdict;
}

}  // namespace

extern const Rule rule_param_optional_gained = {
    .info =
        {
            .id = "param-optional-gained",
            .severity = Severity::info,
            .twin = "param-optional-lost",
            .summary = "A parameter became optional",
            .why = "Programs may leave the argument out; those that pass it are not affected.",
            .example = "The parameter timeout has the flag optional.",
            .remedy = "Document what the absent argument means.",
        },
    .claims = kClaims,
    .message = "{root}: {name} is now optional",
    .judge = judge_optional,
};

}  // namespace kapi
