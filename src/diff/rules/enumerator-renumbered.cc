// SPDX-License-Identifier: GPL-2.0-only
#include "diff/constants.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::enumerator, Action::changed, "value"},
};

std::optional<Verdict> judge_value(const Change& change) {
  const auto bits = [](const Side& side) {
    return static_cast<uint64_t>(*side.as<Constant>()->value);
  };
  const bool grown = (bits(change.old_side) & ~bits(change.new_side)) == 0;
  Verdict verdict;
  // An enumerator …_SIZE counts the others; a macro may be the length of an array.
  if (is_sentinel(change.name) || change.name.ends_with("_SIZE") ||
      (grown && is_whole_mask(change.name))) {
    verdict.severity = Severity::info;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_enumerator_renumbered = {
    .info =
        {
            .id = "enumerator-renumbered",
            .severity = Severity::breaking,
            .twin = "enumerator-renumbered",
            .summary = "An enumerator stands for another number",
            .why = "Programs are compiled with the number: to the kernel they say something "
                   "else, or nothing that it knows. Bounds, counts and versions (…_MAX, "
                   "NR_…, …_VERSION), and masks of all values that gained one, are only "
                   "noted: they change whenever something else comes.",
            .example = "A value put in the middle of an enumeration moves all that follow.",
            .remedy = "Give new values numbers at the end.",
        },
    .claims = kClaims,
    .message = "{root}: {name} is {after} instead of {before}",
    .judge = judge_value,
    .thing = Thing::enumeration,
};

}  // namespace kapi
