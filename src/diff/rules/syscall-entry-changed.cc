// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall, Action::changed, "entry"},
};

std::optional<Verdict> judge_entry(const Change& change) {
  const auto compat = [](const Side& side) {
    return side.syscall->entry.find("compat_") != std::string::npos;
  };
  Verdict verdict;
  if (compat(change.old_side) != compat(change.new_side)) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_syscall_entry_changed = {
    .info =
        {
            .id = "syscall-entry-changed",
            .severity = Severity::info,
            .twin = "syscall-entry-changed",
            .summary = "The entries of syscalls have other symbols",
            .why = "The symbol behind the number is the own business of the kernel and changes "
                   "with how it wraps its syscalls. It is told once per ABI and prefix. An entry "
                   "that became a compat one, or no longer is, takes arguments laid out for "
                   "another ABI: that is for review.",
            .example = "__x64_sys_* became __do_sys_*.",
            .remedy = "Nothing, except where probes are attached to the symbols.",
        },
    .claims = kClaims,
    .message = "{name}: the entry is {after} instead of {before}",
    .judge = judge_entry,
};

}  // namespace kapi
