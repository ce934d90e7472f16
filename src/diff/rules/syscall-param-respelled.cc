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
  return judge_argument(change, ArgumentRelation::respelled);
}

}  // namespace

extern const Rule rule_syscall_param_respelled = {
    .info =
        {
            .id = "syscall-param-respelled",
            .severity = Severity::info,
            .twin = "syscall-param-respelled",
            .summary = "The type of a syscall argument is written otherwise",
            .why = "The register carries the same: a number of the same width, or a pointer. What "
                   "a pointer points to is compared as a type of its own, and two names of one "
                   "layout are the same here. A type that one of the images cannot "
                   "resolve counts as written otherwise, since nothing is proved.",
            .example = "int *mnt_id became void *mnt_id.",
            .remedy = "Nothing.",
        },
    .claims = kClaims,
    .message = "{root}: the type of {name} is written {after} instead of {before}",
    .judge = judge_relation,
};

}  // namespace kapi
