// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"
#include "diff/text.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::side_effect, Action::changed, "target"},
    {Element::side_effect, Action::changed, "types"},
};

std::vector<std::string> rest(const SideEffect& effect) {
  std::vector<std::string> types;
  for (const auto& type : effect.types) {
    if (type != "irreversible") {
      types.push_back(type);
    }
  }
  return types;
}

std::optional<Verdict> judge_rest(const Change& change) {
  const auto before = rest(*change.old_side.as<SideEffect>());
  const auto after = rest(*change.new_side.as<SideEffect>());
  if (change.member == "types" && before == after) {
    return std::nullopt;
  }
  return Verdict();
}

}  // namespace

extern const Rule rule_side_effect_changed = {
    .info =
        {
            .id = "side-effect-changed",
            .severity = Severity::review,
            .twin = "side-effect-changed",
            .summary = "What a side effect does or concerns changed",
            .why = "The kind or the target of the effect is another one. Whether that is visible "
                   "to programs must be judged by a person.",
            .example = "modify_state became modify_state, schedule.",
            .remedy = "Compare with the code; if the call now does more, check who calls it.",
        },
    .claims = kClaims,
    .message = "{root}: the side effect on {name} changed: {before} became {after}",
    .judge = judge_rest,
};

}  // namespace kapi
