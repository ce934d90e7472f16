// SPDX-License-Identifier: GPL-2.0-only
#include "diff/file_mode.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::sysctl, Action::changed, "mode"},
};

std::optional<Verdict> judge_mode(const Change& change) {
  return takes_rights(change.before, change.after) ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_sysctl_mode_tightened = {
    .info =
        {
            .id = "sysctl-mode-tightened",
            .severity = Severity::review,
            .twin = "sysctl-mode-loosened",
            .summary = "The mode of a file below /proc/sys takes rights away",
            .why = "Who could read or write the file no longer can, and gets EACCES. What counts "
                   "is the mode in the kernel's table; code may give the file another one while it "
                   "registers the table, as it does to kernel/nmi_watchdog, so a person must look.",
            .example = "fs/protected_fifos went from 0644 to 0600.",
            .remedy = "Restore the mode; or see that the code which registers the table does.",
        },
    .claims = kClaims,
    .message = "{root}: its mode went from {before} to {after}, which takes rights away",
    .judge = judge_mode,
};

}  // namespace kapi
