// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "constraint"},
};

std::optional<Verdict> judge_order(const Change& change) {
  return judge_constraint(change, ConstraintOrder::changed);
}

}  // namespace

extern const Rule rule_struct_field_constraint_changed = {
    .info =
        {
            .id = "struct-field-constraint-changed",
            .severity = Severity::breaking,
            .twin = "struct-field-constraint-changed",
            .summary = "A field accepts some values more and some fewer",
            .why =
                "Some values that the old constraint accepted are rejected now, and others are "
                "accepted instead. The witness is the smallest value that is no longer accepted.",
            .example = "The range of mode was 0..10 and is 5..20.",
            .remedy = "Accept the old values beside the new ones.",
        },
    .claims = kClaims,
    .message =
        "{root}: {name} accepts other values ({after} instead of {before}); {witness} no longer",
    .judge = judge_order,
};

}  // namespace kapi
