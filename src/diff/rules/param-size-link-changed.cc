// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::param, Action::changed, "size_param"},
    {Element::param, Action::changed, "size_multiplier"},
};

}  // namespace

extern const Rule rule_param_size_link_changed = {
    .info =
        {
            .id = "param-size-link-changed",
            .severity = Severity::review,
            .twin = "param-size-link-changed",
            .summary = "What says how large a parameter's buffer is changed",
            .why =
                "A buffer whose size is another parameter, times the size of one element, is read "
                "and written up to that size. With another link the kernel trusts another number.",
            .example = "The length of buf is taken from count instead of len.",
            .remedy = "Check in the code which parameter bounds the access, and correct the spec "
                      "that is wrong.",
        },
    .claims = kClaims,
    .message =
        "{root}: how much memory {name} stands for is stated otherwise: {before} became {after}",
    .thing = Thing::length,
    .effect = true,
};

}  // namespace kapi
