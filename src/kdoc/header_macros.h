// SPDX-License-Identifier: GPL-2.0-only
// The names that a C header gives to numbers.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kapi {

struct HeaderMacro {
  std::string body;  // empty: defined in more than one way, so nobody knows
  bool is_enumerator = false;
  std::string enumeration;  // of an enumerator, the tag if there is one
  bool is_default = false;  // given only where nobody else gives it: #ifndef NAME, #define NAME
};

// Object-like macros, and enumerators as if they were macros ("((first) + 2)"). What stands in
// conditional parts is taken from all of them. `text` is of plain_header().
std::map<std::string, HeaderMacro, std::less<>> scan_macros(std::string_view text);

}  // namespace kapi
