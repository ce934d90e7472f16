// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::removed},
};

std::optional<Verdict> judge_removed(const Change& change) {
  Verdict verdict;
  if (change.room == Room::reserved) {
    verdict.severity = Severity::review;
    verdict.message = "{root}: the field {name} is gone, its bytes are reserved ({before})";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_field_removed = {
    .info =
        {
            .id = "struct-field-removed",
            .severity = Severity::breaking,
            .twin = "struct-field-added",
            .summary = "A struct lost a field",
            .why =
                "Programs still set or read the bytes, which mean nothing or something else now. "
                "Where they are named reserved a person must look: the kernel may ignore them, or "
                "insist on zero.",
            .example = "struct open_how no longer has resolve.",
            .remedy = "Keep the field and ignore it, or name it reserved in the same place.",
        },
    .claims = kClaims,
    .message = "{root}: the field {name} is gone ({before})",
    .judge = judge_removed,
    .thing = Thing::layout,
};

}  // namespace kapi
