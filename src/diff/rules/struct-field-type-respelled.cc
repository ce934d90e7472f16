// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "type"},
    {Element::field, Action::changed, "type_name"},
};

std::optional<Verdict> judge_respelled(const Change& change) {
  return judge_type(change, TypeRelation::respelled);
}

}  // namespace

extern const Rule rule_struct_field_type_respelled = {
    .info =
        {
            .id = "struct-field-type-respelled",
            .severity = Severity::info,
            .twin = "struct-field-type-respelled",
            .summary = "The type of a field is written otherwise",
            .why = "The text differs and the type is the same: in a layout as compiled, a number "
                   "of the same width, or a struct of the same layout under another name.",
            .example = "unsigned int became __u32.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: the type of the field {name} is written {after} instead of {before}",
    .judge = judge_respelled,
};

}  // namespace kapi
