// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::renamed},
};

}  // namespace

extern const Rule rule_struct_field_renamed = {
    .info =
        {
            .id = "struct-field-renamed",
            .severity = Severity::review,
            .twin = "struct-field-renamed",
            .summary = "A field has another name",
            .why = "The same bytes with the same type got another name. Compiled programs do not "
                   "see it; sources no longer compile, and where a reserved field came into use "
                   "old programs may pass garbage in it.",
            .example = "The field __reserved is now called flags.",
            .remedy = "If a reserved field came into use, check that it had to be zero. Else keep "
                      "the old name as an alias.",
        },
    .claims = kClaims,
    .message = "{root}: the field {before} is now called {after}",
};

}  // namespace kapi
