// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "type_name"},
};

std::optional<Verdict> judge_respelled(const Change& change) {
  return judge_type(change, TypeRelation::respelled);
}

}  // namespace

extern const Rule rule_param_type_respelled = {
    .info =
        {
            .id = "param-type-respelled",
            .severity = Severity::info,
            .twin = "param-type-respelled",
            .summary = "The type of a parameter is written otherwise",
            .why = "The text differs and the type is the same: qualifiers, blanks, or another name "
                   "for the same integer. No program is affected.",
            .example = "const char *filename became const char __user *filename.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: the type of {name} is written {after} instead of {before}",
    .judge = judge_respelled,
};

}  // namespace kapi
