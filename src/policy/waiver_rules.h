// SPDX-License-Identifier: GPL-2.0-only
// The rules about waivers themselves: documented in src/diff/rules/, fired here.
#pragma once

#include <string_view>

namespace kapi {

inline constexpr std::string_view kWaiverExpired = "waiver-expired";
inline constexpr std::string_view kWaiverUnused = "waiver-unused";

}  // namespace kapi
