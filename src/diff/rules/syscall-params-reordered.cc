// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall_param, Action::reordered},
};

}  // namespace

extern const Rule rule_syscall_params_reordered = {
    .info =
        {
            .id = "syscall-params-reordered",
            .severity = Severity::review,
            .twin = "syscall-params-reordered",
            .summary = "The arguments of a syscall are named in another order",
            .why = "Arguments are passed by position. The same names in another order can mean "
                   "that two arguments changed places, which breaks every program, or that two "
                   "names were swapped in the source.",
            .example = "clone(…, tls, child_tidptr) became clone(…, child_tidptr, tls).",
            .remedy = "Look at the code: if the arguments did change places, restore their order.",
        },
    .claims = kClaims,
    .message = "{root} names its arguments in another order: {after} instead of {before}",
    .thing = Thing::arguments,
};

}  // namespace kapi
