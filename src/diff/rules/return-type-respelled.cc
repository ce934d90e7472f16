// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "type_name"},
};

std::optional<Verdict> judge_respelled(const Change& change) {
  return judge_type(change, TypeRelation::respelled);
}

}  // namespace

extern const Rule rule_return_type_respelled = {
    .info =
        {
            .id = "return-type-respelled",
            .severity = Severity::info,
            .twin = "return-type-respelled",
            .summary = "The type of the returned value is written otherwise",
            .why = "The text differs and the type is the same.",
            .example = "long became long int.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: the type of the result is written {after} instead of {before}",
    .judge = judge_respelled,
};

}  // namespace kapi
