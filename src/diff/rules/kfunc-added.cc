// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::kfunc, Action::added},
};

}  // namespace

extern const Rule rule_kfunc_added = {
    .info =
        {
            .id = "kfunc-added",
            .severity = Severity::info,
            .twin = "kfunc-removed",
            .summary = "A kernel function is new to BPF programs",
            .why = "No program of today calls it.",
            .example = "bpf_arena_alloc_pages is new.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root} is new ({after})",
};

}  // namespace kapi
