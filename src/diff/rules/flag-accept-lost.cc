// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::accepted_flag, Action::removed},
};

}  // namespace

extern const Rule rule_flag_accept_lost = {
    .info =
        {
            .id = "flag-accept-lost",
            .severity = Severity::breaking,
            .twin = "flag-accept-added",
            .summary = "The code of a syscall rejects a bit that it accepted",
            .why =
                "The old code could let it through, and every path of the new code answers it with "
                "an error, whatever the other arguments are: a program that passes it fails now. "
                "Both are read off the machine code, and compared only where both are proved.",
            .example =
                "finit_module rejects MODULE_INIT_COMPRESSED_FILE where it unpacked the module.",
            .remedy = "Accept the flag again, or ignore it where it has no meaning any more. If a "
                      "configuration option is the reason, switch it on.",
        },
    .claims = kClaims,
    .message = "{root} no longer accepts {name}",
};

}  // namespace kapi
