// SPDX-License-Identifier: GPL-2.0-only
#include "diff/constants.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::constant, Action::changed, "value"},
};

std::optional<Verdict> judge_value(const Change& change) {
  const auto bits = [](const Side& side) {
    return static_cast<uint64_t>(*side.as<Constant>()->value);
  };
  const bool grown = (bits(change.old_side) & ~bits(change.new_side)) == 0;
  Verdict verdict;
  if (is_sentinel(change.name) || (grown && is_whole_mask(change.name))) {
    verdict.severity = Severity::info;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_constant_changed = {
    .info =
        {
            .id = "constant-changed",
            .severity = Severity::breaking,
            .twin = "constant-changed",
            .summary = "A constant stands for another number",
            .why = "Programs are compiled with the number: to the kernel they say something "
                   "else, or nothing that it knows. Bounds, counts and versions (…_MAX, "
                   "NR_…, …_VERSION), and masks of all values that gained one, are only "
                   "noted: they change whenever something else comes.",
            .example = "O_TMPFILE was 020200000 and is 020000000.",
            .remedy = "Restore the number. One that was in a release is taken for ever.",
        },
    .claims = kClaims,
    .message = "{name} is {after} instead of {before}",
    .judge = judge_value,
};

}  // namespace kapi
