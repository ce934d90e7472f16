// SPDX-License-Identifier: GPL-2.0-only
// The text of a C header, as its readers take it apart.
#pragma once

#include <string>
#include <string_view>

namespace kapi {

inline bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
// Without blanks and newlines at both ends.
std::string_view trim_blanks(std::string_view text);
// The word that the text begins with, after blanks, taken off it; empty if there is none.
std::string_view take_word(std::string_view& text);
// Without comments, and each directive on one line.
std::string plain_header(std::string_view text);

}  // namespace kapi
