// SPDX-License-Identifier: GPL-2.0-only
#include "diff/constants.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::enumerator, Action::removed},
};

std::optional<Verdict> judge_removed(const Change& change) {
  Verdict verdict;
  if (is_sentinel(change.name)) {
    verdict.severity = Severity::info;
  } else if (change.unreached) {
    verdict.severity = Severity::review;
    verdict.message = "{root} is gone with all its values, {name} ({before}) among them";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_enumerator_removed = {
    .info =
        {
            .id = "enumerator-removed",
            .severity = Severity::breaking,
            .twin = "enumerator-added",
            .summary = "An enumeration lost a value",
            .why =
                "Sources that use it no longer compile, and the kernel has no name for the value "
                "any more, so that compiled programs which pass it most likely get an error. "
                "Where the enumeration is gone as a whole a person must look: it may have moved "
                "to where it is not read. Bounds, counts and versions (…_MAX, NR_…, …_VERSION) "
                "are only noted: they change whenever something else comes.",
            .example = "enum bpf_attach_type lost BPF_SK_MSG_VERDICT.",
            .remedy = "Keep the value, and answer it with an error if it has no meaning any "
                      "more.",
        },
    .claims = kClaims,
    .message = "{root} no longer has {name} ({before})",
    .judge = judge_removed,
    .thing = Thing::enumeration,
};

}  // namespace kapi
