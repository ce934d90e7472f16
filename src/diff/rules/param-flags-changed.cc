// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"
#include "diff/text.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "flags"},
};

// What other rules do not speak of.
std::vector<std::string> rest(const Param& param) {
  std::vector<std::string> flags;
  for (const auto& flag : param.flags) {
    if (flag != "in" && flag != "out" && flag != "inout" && flag != "optional") {
      flags.push_back(flag);
    }
  }
  return flags;
}

std::optional<Verdict> judge_rest(const Change& change) {
  const auto before = rest(*change.old_side.as<Param>());
  const auto after = rest(*change.new_side.as<Param>());
  if (before == after) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = to_text(before);
  verdict.after = to_text(after);
  return verdict;
}

}  // namespace

extern const Rule rule_param_flags_changed = {
    .info =
        {
            .id = "param-flags-changed",
            .severity = Severity::review,
            .twin = "param-flags-changed",
            .summary = "Other flags of a parameter changed",
            .why = "The flags beside direction and optional say what memory the argument points to "
                   "and what may be done with it: user, const, volatile, dma, aligned.",
            .example = "The parameter buf gained the flag user.",
            .remedy = "Look at what the flag demands of the caller, and whether callers of today "
                      "keep to it.",
        },
    .claims = kClaims,
    .message = "{root}: the flags of {name} changed from {before} to {after}",
    .judge = judge_rest,
};

}  // namespace kapi
