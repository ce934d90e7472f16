// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::accepted_value, Action::removed},
};

}  // namespace

extern const Rule rule_value_accept_lost = {
    .info =
        {
            .id = "value-accept-lost",
            .severity = Severity::breaking,
            .twin = "value-accept-added",
            .summary = "The code of a syscall rejects a value that it accepted",
            .why =
                "The old code could let it through, and every path of the new code answers it with "
                "an error, whatever the other arguments are: a program that passes it fails now. "
                "Both are read off the machine code, and compared only where both are proved.",
            .example = "fsconfig answered command 8 with EOPNOTSUPP where it took it before.",
            .remedy = "Accept the value again, or ignore it where it has no meaning any more. If a "
                      "configuration option is the reason, switch it on.",
        },
    .claims = kClaims,
    .message = "{root} no longer accepts {name}",
};

}  // namespace kapi
