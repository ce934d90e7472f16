// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::removed},
};

std::optional<Verdict> judge_struct(const Change& change) {
  Verdict verdict;
  if (is_layout(change)) {
    verdict.message = "{root} is gone from what installed headers declare ({before})";
  }
  if (only_declared(change)) {
    verdict.severity = Severity::review;
  }
  if (change.unreached) {
    verdict.severity = Severity::info;
    verdict.message = "{root} is reached by no syscall any more ({before})";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_removed = {
    .info =
        {
            .id = "struct-removed",
            .severity = Severity::breaking,
            .twin = "struct-added",
            .summary = "A struct is gone, or no longer described",
            .why = "Programs fill or read the struct by its layout. Either the API no longer takes "
                   "it, or nothing holds the kernel to its layout any more. That installed headers "
                   "no longer declare a struct breaks sources, and not what was compiled: a person "
                   "must look whether the kernel still takes it. A layout that no syscall leads to "
                   "any more is only noted: the change of the syscall is what breaks a program.",
            .example = "The struct open_how is gone from the spec of sys_openat2.",
            .remedy = "Restore the description if the API still takes the struct.",
        },
    .claims = kClaims,
    .message = "{root} no longer describes the struct {name}",
    .judge = judge_struct,
};

}  // namespace kapi
