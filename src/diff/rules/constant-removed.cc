// SPDX-License-Identifier: GPL-2.0-only
#include "diff/constants.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::constant, Action::removed},
};

std::optional<Verdict> judge_removed(const Change& change) {
  Verdict verdict;
  if (is_sentinel(change.name)) {
    verdict.severity = Severity::info;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_constant_removed = {
    .info =
        {
            .id = "constant-removed",
            .severity = Severity::review,
            .twin = "constant-added",
            .summary = "Installed headers no longer define a constant",
            .why = "Sources that use the name no longer compile. Compiled programs hold the "
                   "number and do not see it, and a header also holds names that were never "
                   "meant for programs, so that a person must look whether the kernel still "
                   "takes the number. A lost enumerator is breaking, since the type of a "
                   "value lost it. Bounds, counts and versions (…_MAX, NR_…, …_VERSION), and "
                   "masks of all values that gained one, are only noted: they change "
                   "whenever something else comes.",
            .example = "linux/fs.h no longer defines FS_IOC_OLD.",
            .remedy = "Keep the name in the header as long as programs may use it.",
        },
    .claims = kClaims,
    .message = "{name} is gone from the installed headers ({before})",
    .judge = judge_removed,
};

}  // namespace kapi
