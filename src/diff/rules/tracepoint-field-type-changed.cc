// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint_field, Action::changed, "type"},
    {Element::tracepoint_field, Action::changed, "type_name"},
};

// The compiler decides whether plain characters have a sign: Linux has asked for none since 6.2.
bool is_char(const std::string& text) { return text.starts_with("char "); }

std::optional<Verdict> judge_type(const Change& change) {
  Verdict verdict;
  if (change.member == "type_name" || (is_char(change.before) && is_char(change.after))) {
    verdict.severity = Severity::info;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_tracepoint_field_type_changed = {
    .info =
        {
            .id = "tracepoint-field-type-changed",
            .severity = Severity::review,
            .twin = "tracepoint-field-type-changed",
            .summary = "A field of a trace event's record has another type",
            .why = "The bytes are as many, and mean something else: a sign, a pointer. A type that "
                   "is only called by another name is noted.",
            .example = "The field prev_state became unsigned.",
            .remedy = "Tell the users of tracing tools.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is {after} instead of {before}",
    .judge = judge_type,
};

}  // namespace kapi
