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
  const auto gained = lacking(*change.new_side.as<Capability>(), *change.old_side.as<Capability>());
  if (gained.empty()) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.before = "";
  verdict.after = to_text(gained, Numbers::capabilities, {});
  return verdict;
}

}  // namespace

extern const Rule rule_capability_alternative_added = {
    .info =
        {
            .id = "capability-alternative-added",
            .severity = Severity::info,
            .twin = "capability-alternative-removed",
            .summary = "A capability serves instead of another",
            .why = "Programs need fewer privileges than before. Those that hold the old one are "
                   "not affected.",
            .example = "CAP_PERFMON (38) serves instead of CAP_SYS_ADMIN.",
            .remedy = "Nothing. Tell those who write service units.",
        },
    .claims = kClaims,
    .message = "{root}: capability {after} now serves instead of {name}",
    .judge = judge_alternatives,
};

}  // namespace kapi
