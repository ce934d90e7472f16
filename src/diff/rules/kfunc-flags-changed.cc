// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::kfunc, Action::changed, "flags"},
};

}  // namespace

extern const Rule rule_kfunc_flags_changed = {
    .info =
        {
            .id = "kfunc-flags-changed",
            .severity = Severity::review,
            .twin = "kfunc-flags-changed",
            .summary = "The verifier treats calls of a kernel function in another way",
            .why = "The flags say what arguments it trusts, whether the call may sleep, whether it "
                   "gives or takes a reference, and whether its result may be null. A program that "
                   "the verifier accepted may be refused.",
            .example = "bpf_task_release lost trusted_args.",
            .remedy = "Look at whether programs that call it still load.",
        },
    .claims = kClaims,
    .message = "{root}: flags changed from {before} to {after}",
};

}  // namespace kapi
