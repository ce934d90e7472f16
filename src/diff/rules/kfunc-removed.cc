// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::kfunc, Action::removed},
};

}  // namespace

extern const Rule rule_kfunc_removed = {
    .info =
        {
            .id = "kfunc-removed",
            .severity = Severity::breaking,
            .twin = "kfunc-added",
            .summary = "A kernel function that BPF programs may call is gone",
            .why =
                "The verifier refuses programs that call it. Kernel functions for BPF are no "
                "stable ABI, so they are compared only where that was asked for (--profile bpf).",
            .example = "bpf_kptr_get is in no set.",
            .remedy = "Keep the function, or tell its users what to call instead.",
        },
    .claims = kClaims,
    .message = "{root} is gone ({before})",
};

}  // namespace kapi
