// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::side_effect, Action::changed, "reversible"},
    {Element::side_effect, Action::changed, "types"},
};

std::optional<Verdict> judge_irreversible(const Change& change) {
  const SideEffect& before = *change.old_side.as<SideEffect>();
  const SideEffect& after = *change.new_side.as<SideEffect>();
  const bool lost = change.member == "reversible"
                        ? before.reversible
                        : token_lost(after.types, before.types, "irreversible");
  if (!lost) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = "reversible";
  verdict.after = "irreversible";
  return verdict;
}

}  // namespace

extern const Rule rule_side_effect_irreversible = {
    .info =
        {
            .id = "side-effect-irreversible",
            .severity = Severity::review,
            .twin = "side-effect-reversible",
            .summary = "A side effect can no longer be undone",
            .why = "Programs that undo the effect after a failure, or on exit, no longer can.",
            .example = "reversible was true and is false.",
            .remedy = "Keep a way back, or document what a program must do before the call.",
        },
    .claims = kClaims,
    .message = "{root}: the side effect on {name} can no longer be undone",
    .judge = judge_irreversible,
};

}  // namespace kapi
