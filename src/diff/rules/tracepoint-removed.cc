// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::tracepoint, Action::removed},
};

}  // namespace

extern const Rule rule_tracepoint_removed = {
    .info =
        {
            .id = "tracepoint-removed",
            .severity = Severity::breaking,
            .twin = "tracepoint-added",
            .summary = "A tracepoint is gone",
            .why = "BPF programs, perf and ftrace scripts that attach to it fail to. Tracepoints "
                   "are no stable ABI, so they are compared only where that was asked for "
                   "(--profile bpf).",
            .example = "writeback:writeback_congestion_wait is gone.",
            .remedy = "Keep the tracepoint, or tell the users of tracing tools what to attach to "
                      "instead.",
        },
    .claims = kClaims,
    .message = "{root} is gone ({before})",
};

}  // namespace kapi
