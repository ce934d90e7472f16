// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall_param, Action::changed, "type"},
    {Element::syscall_param, Action::changed, "type_name"},
    {Element::syscall_param, Action::changed, "size"},
};

std::optional<Verdict> judge_relation(const Change& change) {
  return judge_argument(change, ArgumentRelation::sign);
}

}  // namespace

extern const Rule rule_syscall_param_sign_changed = {
    .info =
        {
            .id = "syscall-param-sign-changed",
            .severity = Severity::review,
            .twin = "syscall-param-sign-changed",
            .summary = "A syscall argument is signed on one side only",
            .why = "The register carries the same bits, so programs still call it alike. What the "
                   "kernel makes of negative numbers can be another thing: a check for less than "
                   "zero that never holds, or a size that became huge.",
            .example = "int flags became unsigned int flags.",
            .remedy = "Check what the kernel does with the highest bit set. For flags and file "
                      "descriptors the change is harmless most of the time.",
        },
    .claims = kClaims,
    .message = "{root}: {name} is {after} instead of {before}",
    .judge = judge_relation,
};

}  // namespace kapi
