// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {

// About the policy, not about a change: fired where waivers are applied.
extern const Rule rule_waiver_expired = {
    .info =
        {
            .id = "waiver-expired",
            .severity = Severity::review,
            .twin = "",
            .no_twin = "It is about a date in the policy, and dates have no other side.",
            .summary = "A waiver has passed its date, and what it accepted counts again",
            .why = "Somebody accepted a finding for a time, to have it looked at again. That time "
                   "is over and the finding is still there: now it counts like any other, and "
                   "nobody should wonder why a gate that passed yesterday fails today.",
            .example = "A waiver in kapitool.toml has expires = 2026-10-31, today is a day later, "
                       "and sys_open still lacks ENOBUFS.",
            .remedy = "Look at the finding as if it were new. If it is still acceptable, give the "
                      "waiver a later date; if not, mend it and delete the waiver.",
        },
    .claims = {},
    .message = "",
};

}  // namespace kapi
