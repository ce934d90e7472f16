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
  if (!is_extended(change)) {
    return std::nullopt;
  }
  Verdict verdict;
  if (is_layout(change)) {
    verdict.message = "{root} grew at its end from {before} to {after} bytes";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_extended = {
    .info =
        {
            .id = "struct-extended",
            .severity = Severity::info,
            .twin = "struct-truncated",
            .summary = "A struct that carries its size grew at its end",
            .why = "The kernel learns from the program which size it was compiled with (an "
                   "argument beside the pointer, a first field that holds it, the length of an "
                   "option or attribute), and nothing that was there moved: old programs go on to "
                   "work.",
            .example =
                "struct open_how grew from 24 to 32 bytes; openat2 takes its size as an argument.",
            .remedy = "Test the new kernel with the old size, and the old kernel with the new one "
                      "(it must answer E2BIG if the new part is set).",
        },
    .claims = kClaims,
    .message = "{root}: the struct {name} grew at its end from {before} to {after} bytes",
    .judge = judge_size,
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
