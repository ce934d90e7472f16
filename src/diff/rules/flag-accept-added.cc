// SPDX-License-Identifier: GPL-2.0-only
#include "diff/accepted.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::accepted_flag, Action::added},
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

extern const Rule rule_flag_accept_added = {
    .info =
        {
            .id = "flag-accept-added",
            .severity = Severity::info,
            .twin = "flag-accept-lost",
            .summary = "The code of a syscall accepts a bit that it rejected",
            .why = "Every path of the old code answered it with an error, and the new code can let "
                   "it through. Programs are not hurt. Where a spec describes the syscall and did "
                   "not change, a person must look: somebody added a flag and did not say so.",
            .example = "memfd_create accepts MFD_NOEXEC_SEAL (0x8).",
            .remedy = "Nothing, or describe the flag in the spec.",
        },
    .claims = kClaims,
    .message = "{root} now accepts {name}",
    .judge = judge_added,
};

}  // namespace kapi
