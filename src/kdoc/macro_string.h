// SPDX-License-Identifier: GPL-2.0-only
// What a C string literal says.
#pragma once

#include <string>
#include <string_view>

namespace kapi {

// The bytes of a literal with its quotes, the last of which may be missing.
std::string unescaped(std::string_view literal);
// As # makes a text of a macro's argument.
std::string with_single_blanks(std::string_view source);

}  // namespace kapi
