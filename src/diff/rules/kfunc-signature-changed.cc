// SPDX-License-Identifier: GPL-2.0-only
#include "diff/prototype_text.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::kfunc, Action::changed, "signature"},
};

std::optional<Verdict> judge_signature(const Change& change) {
  Verdict verdict;
  if (same_kinds(change.before, change.after)) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_kfunc_signature_changed = {
    .info =
        {
            .id = "kfunc-signature-changed",
            .severity = Severity::breaking,
            .twin = "kfunc-signature-changed",
            .summary = "A kernel function for BPF programs takes or gives something else",
            .why = "The verifier holds the call against the function's types, and refuses programs "
                   "that were compiled for the old ones. It reads meaning into the names of "
                   "parameters as well (mem__sz is the size of mem). Where as many arguments of "
                   "the same kinds are left, and only names, qualifiers or what a pointer points "
                   "to differ, this is for review: the kernel renames the structs behind its "
                   "pointers without programs noticing.",
            .example = "bpf_cast_to_kern_ctx(void *) became bpf_cast_to_kern_ctx(void *, u32).",
            .remedy = "Restore the signature, and give the new form a new name.",
        },
    .claims = kClaims,
    .message = "{root} is {after} instead of {before}",
    .judge = judge_signature,
};

}  // namespace kapi
