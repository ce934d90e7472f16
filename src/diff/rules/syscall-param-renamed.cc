// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall_param, Action::renamed},
};

}  // namespace

extern const Rule rule_syscall_param_renamed = {
    .info =
        {
            .id = "syscall-param-renamed",
            .severity = Severity::info,
            .twin = "syscall-param-renamed",
            .summary = "An argument of a syscall has another name",
            .why = "Arguments are passed by position; only tracing scripts see the name.",
            .example = "The argument umode of open is called mode.",
            .remedy = "Nothing, except where tracing scripts use the name.",
        },
    .claims = kClaims,
    .message = "{root}: the argument {before} is now called {after}",
};

}  // namespace kapi
