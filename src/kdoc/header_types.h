// SPDX-License-Identifier: GPL-2.0-only
// The types that a C header defines.
#pragma once

#include <string_view>
#include <vector>

#include "kapi/kdoc.h"

namespace kapi {

// Structs, unions and enumerations with a tag and a body, and typedefs of those without a tag. What
// stands in conditional parts is taken from all of them. `text` is of plain_header().
std::vector<HeaderType> scan_types(std::string_view text);

}  // namespace kapi
