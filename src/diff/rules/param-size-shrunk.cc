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
  return before && after && *before > *after ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_param_size_shrunk = {
    .info =
        {
            .id = "param-size-shrunk",
            .severity = Severity::review,
            .twin = "param-size-grown",
            .summary = "The buffer behind a parameter may be smaller",
            .why = "The kernel no longer touches the end of the buffer. Where it was written, "
                   "programs now read what they left there themselves.",
            .example = "The buffer of statbuf shrank from 144 to 128 bytes.",
            .remedy = "Check that what stood in the lost bytes was of no use to programs.",
        },
    .claims = kClaims,
    .message = "{root}: the kernel now accesses {after} bytes through {name} instead of {before}",
    .judge = judge_size,
    .thing = Thing::parameter,
    .effect = true,
};

}  // namespace kapi
