// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::error, Action::removed},
};

}  // namespace

extern const Rule rule_error_removed = {
    .info =
        {
            .id = "error-removed",
            .severity = Severity::breaking,
            .twin = "error-added",
            .summary = "An API no longer fails with an error",
            .why = "Programs test for the error: they retry, fall back or find out by it what the "
                   "kernel supports. Where the same condition now gives another error or none, "
                   "that code is dead and the condition is handled wrongly. Errors are matched by "
                   "name, since numbers differ by architecture and two names can have one number.",
            .example = "sys_open no longer documents ELOOP.",
            .remedy = "Keep the error for its old condition. If the condition can no longer occur, "
                      "or the spec was wrong, waive the finding with that reason.",
        },
    .claims = kClaims,
    .message = "{root} no longer fails with {name}",
};

}  // namespace kapi
