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
      change.member == "success_min" ? lower(after) > lower(before) : upper(after) < upper(before);
  return matches ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_return_success_narrowed = {
    .info =
        {
            .id = "return-success-narrowed",
            .severity = Severity::info,
            .twin = "return-success-widened",
            .summary = "Fewer results count as success",
            .why = "Whatever a program still gets on success it was prepared for.",
            .example = "Success was 0..200 and is 0..100.",
            .remedy = "Check that what no longer counts as success is not returned by the code.",
        },
    .claims = kClaims,
    .message = "{root} returns fewer values on success: {after} instead of {before}",
    .judge = judge_range,
};

}  // namespace kapi
