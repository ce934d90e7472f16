// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <iterator>

#include "diff/rule.h"
#include "diff/text.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::capability, Action::changed, "alternatives"},
};

// The alternatives that one side has and the other lacks.
std::vector<int64_t> lacking(const Capability& has, const Capability& other) {
  std::vector<int64_t> lost;
  std::set_difference(has.alternatives.begin(), has.alternatives.end(), other.alternatives.begin(),
                      other.alternatives.end(), std::back_inserter(lost));
  return lost;
}

std::optional<Verdict> judge_alternatives(const Change& change) {
  const auto lost = lacking(*change.old_side.as<Capability>(), *change.new_side.as<Capability>());
  if (lost.empty()) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = to_text(lost, Numbers::capabilities, {});
  verdict.after = "";
  return verdict;
}

}  // namespace

extern const Rule rule_capability_alternative_removed = {
    .info =
        {
            .id = "capability-alternative-removed",
            .severity = Severity::breaking,
            .twin = "capability-alternative-added",
            .summary = "A capability no longer serves instead of another",
            .why = "Programs that were given the alternative, and not the capability itself, are "
                   "denied.",
            .example = "CAP_PERFMON (38) no longer serves instead of CAP_SYS_ADMIN.",
            .remedy = "Keep accepting the alternative.",
        },
    .claims = kClaims,
    .message = "{root}: capability {before} no longer serves instead of {name}",
    .judge = judge_alternatives,
};

}  // namespace kapi
