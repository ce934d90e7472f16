// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "alignment"},
};

}  // namespace

extern const Rule rule_struct_realigned = {
    .info =
        {
            .id = "struct-realigned",
            .severity = Severity::review,
            .twin = "struct-realigned",
            .summary = "The alignment of a struct changed",
            .why = "A stricter alignment makes addresses invalid that were valid, and moves the "
                   "struct inside of others.",
            .example = "alignment 4 became alignment 8.",
            .remedy =
                "Check on 32-bit architectures, where 64-bit members are aligned differently.",
        },
    .claims = kClaims,
    .message = "{root}: the struct {name} is aligned to {after} instead of {before}",
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
