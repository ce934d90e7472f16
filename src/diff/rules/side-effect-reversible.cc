// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::side_effect, Action::changed, "reversible"},
    {Element::side_effect, Action::changed, "types"},
};

std::optional<Verdict> judge_reversible(const Change& change) {
  const SideEffect& before = *change.old_side.as<SideEffect>();
  const SideEffect& after = *change.new_side.as<SideEffect>();
  const bool gained = change.member == "reversible"
                          ? after.reversible
                          : token_lost(before.types, after.types, "irreversible");
  if (!gained) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = "irreversible";
  verdict.after = "reversible";
  return verdict;
}

}  // namespace

extern const Rule rule_side_effect_reversible = {
    .info =
        {
            .id = "side-effect-reversible",
            .severity = Severity::info,
            .twin = "side-effect-irreversible",
            .summary = "A side effect can be undone",
            .why = "Programs that take it as final are not affected.",
            .example = "reversible was false and is true.",
            .remedy = "Document how to undo it.",
        },
    .claims = kClaims,
    .message = "{root}: the side effect on {name} can now be undone",
    .judge = judge_reversible,
};

}  // namespace kapi
