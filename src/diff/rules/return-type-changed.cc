// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "type"},
    {Element::return_value, Action::changed, "type_name"},
};

std::optional<Verdict> judge_return_type(const Change& change) {
  auto verdict = judge_type(change, TypeRelation::changed);
  if (verdict && verdict->severity == Severity::review) {
    verdict->message =
        "{root}: the type of the result is written as another one, and whether they agree cannot "
        "be told: {before} became {after}";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_return_type_changed = {
    .info =
        {
            .id = "return-type-changed",
            .severity = Severity::breaking,
            .twin = "return-type-changed",
            .summary = "The type of the returned value changed",
            .why = "Programs read the result as what it was: a pointer cut to an int, an error "
                   "read as a large number. Where two texts cannot be told apart or shown equal, "
                   "the finding is for review.",
            .example = "A long result became an int.",
            .remedy = "Keep the type, or introduce a new call.",
        },
    .claims = kClaims,
    .message = "{root} returns {after} instead of {before}",
    .judge = judge_return_type,
};

}  // namespace kapi
