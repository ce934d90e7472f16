// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"
#include "diff/struct_growth.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "size"},
};

std::optional<Verdict> judge_size(const Change& change) {
  if (!is_truncated(change)) {
    return std::nullopt;
  }
  Verdict verdict;
  if (is_layout(change)) {
    verdict.message = "{root} lost its end: {after} instead of {before} bytes";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_truncated = {
    .info =
        {
            .id = "struct-truncated",
            .severity = Severity::breaking,
            .twin = "struct-extended",
            .summary = "A struct that carries its size lost its end",
            .why = "Programs that use what stood at the end pass a size that the kernel no longer "
                   "knows, and get an error.",
            .example = "struct open_how shrank from 32 to 24 bytes.",
            .remedy = "Restore the end of the struct. What was once part of it stays.",
        },
    .claims = kClaims,
    .message = "{root}: the struct {name} lost its end: {after} instead of {before} bytes",
    .judge = judge_size,
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
