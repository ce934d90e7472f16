// SPDX-License-Identifier: GPL-2.0-only
#include "diff/accepted.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::accepted_value, Action::added},
};

std::optional<Verdict> judge_added(const Change& change) {
  Verdict verdict;
  if (is_specified(change)) {
    verdict.severity = Severity::review;
    verdict.message = "{root} now accepts {name}, and its spec is the same";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_value_accept_added = {
    .info =
        {
            .id = "value-accept-added",
            .severity = Severity::info,
            .twin = "value-accept-lost",
            .summary = "The code of a syscall accepts a value that it rejected",
            .why = "Every path of the old code answered it with an error, and the new code can let "
                   "it through. Programs are not hurt. Where a spec describes the syscall and did "
                   "not change, a person must look: somebody added a value and did not say so.",
            .example = "fsconfig accepts the command FSCONFIG_CMD_CREATE_EXCL (8).",
            .remedy = "Nothing, or describe the value in the spec.",
        },
    .claims = kClaims,
    .message = "{root} now accepts {name}",
    .judge = judge_added,
};

}  // namespace kapi
