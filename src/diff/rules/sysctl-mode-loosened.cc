// SPDX-License-Identifier: GPL-2.0-only
#include "diff/file_mode.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::sysctl, Action::changed, "mode"},
};

std::optional<Verdict> judge_mode(const Change& change) {
  return takes_rights(change.after, change.before) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_sysctl_mode_loosened = {
    .info =
        {
            .id = "sysctl-mode-loosened",
            .severity = Severity::info,
            .twin = "sysctl-mode-tightened",
            .summary = "The mode of a file below /proc/sys gives rights",
            .why = "Who could not read or write the file now can, by the mode in the kernel's "
                   "table. No program fails for it; whether everybody should see what the file "
                   "says is another question.",
            .example = "kernel/dmesg_restrict went from 0600 to 0644.",
            .remedy = "See that the file may be open to those who now can use it.",
        },
    .claims = kClaims,
    .message = "{root}: its mode went from {before} to {after}, which gives rights",
    .judge = judge_mode,
};

}  // namespace kapi
