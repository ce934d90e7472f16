// SPDX-License-Identifier: GPL-2.0-only
// What the name of a constant tells of it: by the kernel's conventions some are no promise.
#pragma once

#include <cstdint>
#include <string_view>

#include "kapi/model.h"

namespace kapi {

// A macro, or something else that is known from a header alone.
inline bool is_macro(const Constant& constant) {
  return constant.enumeration.empty() && !constant.header.empty();
}

// A bound, a count or a version: it changes whenever something else comes or goes.
bool is_sentinel(std::string_view name);
// The OR of the others of its family.
bool is_whole_mask(std::string_view name);
// What it begins with as others of its kind do: "TCA_CBQ" of "TCA_CBQ_RATE", "PORT" of "PORT_BFIN".
std::string_view family_of(std::string_view name);

}  // namespace kapi
