// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
extern const Rule rule_spec_changed = {
    .info =
        {
            .id = "spec-changed",
            .severity = Severity::review,
            .twin = "spec-changed",
            .summary = "Something changed that no other rule speaks of",
            .why = "Every difference between two inputs is said. This rule says those for which no "
                   "special one exists: rarely used members of a spec, and members that are newer "
                   "than the rules.",
            .example = "The size of a parameter, not stated before, is stated.",
            .remedy = "Judge by hand whether programs can see the difference. If it comes up often "
                      "it deserves a rule.",
        },
    .claims = {},
    .message = "{root}: {name} changed: {before} became {after}",
};

}  // namespace kapi
