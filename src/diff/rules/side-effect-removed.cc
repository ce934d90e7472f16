// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::side_effect, Action::removed},
};

}  // namespace

extern const Rule rule_side_effect_removed = {
    .info =
        {
            .id = "side-effect-removed",
            .severity = Severity::info,
            .twin = "side-effect-added",
            .summary = "An API has one side effect fewer",
            .why = "The call leaves alone what it changed before. Programs that call it for that "
                   "effect are rare, and worth a look.",
            .example = "sys_open no longer documents that it updates the access time.",
            .remedy = "If programs may call it for this effect, keep it.",
        },
    .claims = kClaims,
    .message = "{root} no longer has the side effect {before}",
};

}  // namespace kapi
