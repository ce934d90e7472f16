// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "size"},
};

std::optional<Verdict> judge_size(const Change& change) {
  const auto& before = change.old_side.as<Param>()->size;
  const auto& after = change.new_side.as<Param>()->size;
  return before && after && *before < *after ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_param_size_grown = {
    .info =
        {
            .id = "param-size-grown",
            .severity = Severity::breaking,
            .twin = "param-size-shrunk",
            .summary = "The buffer behind a parameter must be larger",
            .why = "Programs of the old contract provide the old size: the kernel reads or writes "
                   "past the end of their buffer.",
            .example = "The buffer of statbuf grew from 128 to 144 bytes.",
            .remedy = "Keep the old size under the old call, or let the program pass the size it "
                      "was compiled with.",
        },
    .claims = kClaims,
    .message = "{root}: the kernel now accesses {after} bytes through {name} instead of {before}",
    .judge = judge_size,
    .thing = Thing::parameter,
    .effect = true,
};

}  // namespace kapi
