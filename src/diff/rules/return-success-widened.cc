// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::return_value, Action::changed, "success_min"},
    {Element::return_value, Action::changed, "success_max"},
};

// No lower bound is the lowest one, no upper bound the highest.
int64_t lower(const Return& value) { return value.success_min.value_or(INT64_MIN); }
int64_t upper(const Return& value) { return value.success_max.value_or(INT64_MAX); }

std::optional<Verdict> judge_range(const Change& change) {
  const Return& before = *change.old_side.as<Return>();
  const Return& after = *change.new_side.as<Return>();
  const bool matches =
      change.member == "success_min" ? lower(after) < lower(before) : upper(after) > upper(before);
  return matches ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_return_success_widened = {
    .info =
        {
            .id = "return-success-widened",
            .severity = Severity::review,
            .twin = "return-success-narrowed",
            .summary = "More results count as success",
            .why = "Programs may meet results that they were told could not occur, and take them "
                   "for errors or use them as an index.",
            .example = "Success was 0..100 and is 0..200.",
            .remedy = "Announce the new results. Where programs may size something by the old "
                      "bound, keep it.",
        },
    .claims = kClaims,
    .message = "{root} may return more values on success: {after} instead of {before}",
    .judge = judge_range,
};

}  // namespace kapi
