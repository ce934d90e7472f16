// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::renamed},
};

}  // namespace

extern const Rule rule_param_renamed = {
    .info =
        {
            .id = "param-renamed",
            .severity = Severity::info,
            .twin = "param-renamed",
            .summary = "A parameter has another name",
            .why = "Arguments are passed by position, so no program sees the name. A parameter "
                   "counts as renamed if it stands in the same place with the same type.",
            .example = "sys_open calls its second parameter oflags instead of flags.",
            .remedy = "Nothing, except where documentation or tracing scripts use the name.",
        },
    .claims = kClaims,
    .message = "{root}: the parameter {before} is now called {after}",
    .thing = Thing::length,
};

}  // namespace kapi
