// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall, Action::changed, "params"},
    {Element::syscall_param, Action::changed, "type"},
    {Element::syscall_param, Action::changed, "type_name"},
    {Element::syscall_param, Action::changed, "size"},
};

std::optional<Verdict> judge_signature(const Change& change) {
  return change.element == Element::syscall ? std::optional(Verdict())
                                            : judge_argument(change, ArgumentRelation::changed);
}

}  // namespace

extern const Rule rule_syscall_signature_changed = {
    .info =
        {
            .id = "syscall-signature-changed",
            .severity = Severity::breaking,
            .twin = "syscall-signature-changed",
            .summary = "A syscall takes other arguments",
            .why = "The number of arguments, the width of one of them, or whether it is a pointer "
                   "or a number is another one, or what it points to has another layout. Only what "
                   "is proved counts: a type that is written "
                   "otherwise, or that cannot be resolved in the image, is no change of the ABI.",
            .example = "clone3(uargs, size) became clone3(uargs).",
            .remedy = "Restore the arguments, and give the new form a new number.",
        },
    .claims = kClaims,
    .message = "{root} takes {after} instead of {before}",
    .judge = judge_signature,
    .thing = Thing::arguments,
};

}  // namespace kapi
