// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {

// About the policy, not about a change: fired where waivers are applied.
extern const Rule rule_waiver_unused = {
    .info =
        {
            .id = "waiver-unused",
            .severity = Severity::info,
            .twin = "",
            .no_twin = "It is about an entry of the policy that nothing needs, on either side.",
            .summary = "A waiver accepts nothing that this comparison found",
            .why = "What it was for has been mended, or a fingerprint was mistyped. Left in place, "
                   "it would one day accept the same fault again, and nobody would look.",
            .example = "kapitool.toml accepts that sys_open lost ENOBUFS, and it documents ENOBUFS "
                       "again.",
            .remedy = "Delete the entry. If one policy serves several comparisons, of which only "
                      "some need the waiver, set waiver-unused = \"ignore\" in [severity].",
        },
    .claims = {},
    .message = "",
};

}  // namespace kapi
