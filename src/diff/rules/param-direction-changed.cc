// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>

#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "flags"},
};

std::string direction(const Param& param) {
  for (const char* token : {"inout", "in", "out"}) {
    if (std::find(param.flags.begin(), param.flags.end(), token) != param.flags.end()) {
      return token;
    }
  }
  return {};
}

std::optional<Verdict> judge_direction(const Change& change) {
  Verdict verdict;
  verdict.before = direction(*change.old_side.as<Param>());
  verdict.after = direction(*change.new_side.as<Param>());
  if (verdict.before == verdict.after) {
    return std::nullopt;
  }
  const bool stated = !verdict.before->empty() && !verdict.after->empty();
  if (!stated || (verdict.before == "inout" && verdict.after == "out")) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_param_direction_changed = {
    .info =
        {
            .id = "param-direction-changed",
            .severity = Severity::breaking,
            .twin = "param-direction-changed",
            .summary = "The direction of a parameter changed",
            .why = "A buffer that the kernel now writes may be in read-only memory or too small; "
                   "one that it now reads may hold nothing; one that it no longer writes leaves "
                   "the program without its result. It is for review where one side states no "
                   "direction, or where an inout buffer is only no longer read.",
            .example = "The parameter buf was in and is inout.",
            .remedy = "If only the documentation was corrected, waive the finding. Else introduce "
                      "a new call or flag for the new use.",
        },
    .claims = kClaims,
    .message = "{root}: {name} is now {after} instead of {before}",
    .judge = judge_direction,
};

}  // namespace kapi
