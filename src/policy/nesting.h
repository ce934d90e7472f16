// SPDX-License-Identifier: GPL-2.0-only
// A TOML text of a few kilobytes can nest its tables so deeply that taking them down again
// overflows the stack of the library that read it. A policy needs two levels.
#pragma once

#include <cstddef>
#include <string_view>

namespace kapi {

// The first line, from 1, that goes deeper than a policy ever does; 0 if none does. Texts that are
// no TOML may get either answer up to the place where they stop being TOML, and none is deep there.
size_t first_deep_line(std::string_view toml);

}  // namespace kapi
