// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::sysctl, Action::changed, "size"},
};

}  // namespace

extern const Rule rule_sysctl_size_changed = {
    .info =
        {
            .id = "sysctl-size-changed",
            .severity = Severity::review,
            .twin = "sysctl-size-changed",
            .summary = "A file below /proc/sys holds more data or less",
            .why = "The size of the data decides how many numbers the file lists, how large one "
                   "may be, or how long a text may be. A value that was accepted may be cut or "
                   "refused, and readers may meet more of it.",
            .example = "kernel/ftrace_dump_on_oops went from 4 bytes, a number, to 100, a text.",
            .remedy = "Look at what the file accepts and prints now.",
        },
    .claims = kClaims,
    .message = "{root} holds {after} instead of {before}",
};

}  // namespace kapi
