// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::added},
};

std::optional<Verdict> judge_struct(const Change& change) {
  Verdict verdict;
  if (is_layout(change)) {
    verdict.message = change.unreached ? "{root} is newly reached by a syscall ({after})"
                                       : "{root} is new ({after})";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_added = {
    .info =
        {
            .id = "struct-added",
            .severity = Severity::info,
            .twin = "struct-removed",
            .summary = "A struct is new, or newly described",
            .why = "The layout was not described before, or no syscall led to it and no installed "
                   "header declared it. From now on it is compared.",
            .example = "The spec of sys_openat2 describes struct open_how.",
            .remedy = "Check once that the layout is the real one.",
        },
    .claims = kClaims,
    .message = "{root} describes the struct {name}",
    .judge = judge_struct,
};

}  // namespace kapi
