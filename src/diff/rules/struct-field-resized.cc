// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::changed, "size"},
};

std::optional<Verdict> judge_size(const Change& change) {
  const Field& before = *change.old_side.as<Field>();
  const Field& after = *change.new_side.as<Field>();
  Verdict verdict;
  if (!before.size || !after.size) {
    verdict.severity = Severity::review;
  }
  if (is_layout(change) && before.type == after.type && is_open(before) != is_open(after)) {
    // The last array of a struct is what C89 wrote as [1] or [0] and C99 writes as [].
    const Field& fixed = is_open(before) ? after : before;
    verdict.severity = fixed.type_name.ends_with("[1]") ? Severity::info : Severity::review;
  }
  if (before.bits || after.bits) {
    verdict.message = "{root}: the size of the field {name} changed from {before} to {after}";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_field_resized = {
    .info =
        {
            .id = "struct-field-resized",
            .severity = Severity::breaking,
            .twin = "struct-field-resized",
            .summary = "A field has another size",
            .why = "Programs read or write too few bytes or too many. It is for review where one "
                   "side states no size. An array of one element at the end of a struct that "
                   "became one of any length is only noted: it always was one.",
            .example = "The field flags grew from 4 to 8 bytes.",
            .remedy = "Keep the size, and add a second field for what does not fit.",
        },
    .claims = kClaims,
    .message = "{root}: the size of the field {name} changed from {before} to {after} bytes",
    .judge = judge_size,
    .thing = Thing::layout,
};

}  // namespace kapi
