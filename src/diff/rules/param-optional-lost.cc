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
  if (!token_lost(before, after, "optional")) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = "optional";
  verdict.after = "";
  return verdict;
}

}  // namespace

extern const Rule rule_param_optional_lost = {
    .info =
        {
            .id = "param-optional-lost",
            .severity = Severity::breaking,
            .twin = "param-optional-gained",
            .summary = "A parameter is no longer optional",
            .why = "Programs that left the argument out (by passing NULL or 0) now get an error.",
            .example = "The flag optional of the parameter timeout is gone.",
            .remedy = "Keep accepting the absent argument with its old meaning.",
        },
    .claims = kClaims,
    .message = "{root}: {name} is no longer optional",
    .judge = judge_optional,
};

}  // namespace kapi
