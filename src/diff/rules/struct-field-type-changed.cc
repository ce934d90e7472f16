// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "type"},
    {Element::field, Action::changed, "type_name"},
};

std::optional<Verdict> judge_field_type(const Change& change) {
  return judge_type(change, TypeRelation::changed);
}

}  // namespace

extern const Rule rule_struct_field_type_changed = {
    .info =
        {
            .id = "struct-field-type-changed",
            .severity = Severity::breaking,
            .twin = "struct-field-type-changed",
            .summary = "The type of a field changed",
            .why =
                "The kernel reads the bytes as something else. Types are compared by what they "
                "are; where that cannot be told from the spec, the finding is for review. So it is "
                "where a layout as compiled has the same bytes as a number with another sign, "
                "or as something else of the same size.",
            .example = "__u32 flags became __s32 flags.",
            .remedy = "Keep the type, and add a new field for the new one.",
        },
    .claims = kClaims,
    .message = "{root}: the type of the field {name} changed from {before} to {after}",
    .judge = judge_field_type,
    .thing = Thing::layout,
};

}  // namespace kapi
