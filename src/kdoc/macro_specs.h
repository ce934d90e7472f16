// SPDX-License-Identifier: GPL-2.0-only
// Specs written as C initialisers with the framework's macros: DEFINE_KERNEL_API_SPEC(sys_open) …
// KAPI_END_SPEC and their like for ioctls and sysfs attributes (RFC v1 and v2). What a macro sets
// and what a member means is taken from RFC v2.
#pragma once

#include <string_view>

#include "kapi/kdoc.h"
#include "kdoc/place.h"

namespace kapi {

void read_macro_specs(std::string_view text, const TextNotes& notes, const Constants& constants,
                      SpecTexts& out);

}  // namespace kapi
