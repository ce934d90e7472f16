// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::context, Action::removed},
};

}  // namespace

extern const Rule rule_context_removed = {
    .info =
        {
            .id = "context-removed",
            .severity = Severity::breaking,
            .twin = "context-added",
            .summary = "An API may no longer be called in a context",
            .why =
                "Code that calls the API in that context (an interrupt handler, a section that "
                "must not sleep) now violates its contract and can deadlock or corrupt state. For "
                "a syscall, which programs call in process context only, this is for review.",
            .example =
                "kmalloc_example was declared for process and softirq, and now for process only.",
            .remedy = "Keep the API callable in the old context, or move its callers out of that "
                      "context first.",
        },
    .claims = kClaims,
    .message = "{root} may no longer be called in context {name}",
    .judge = judge_for_kernel,
};

}  // namespace kapi
