// SPDX-License-Identifier: GPL-2.0-only
// Text from an image as text of the page, and nothing else: no markup, no control characters, no
// change of direction, of bounded length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kapi::html {

// Fit for an element's text and for a quoted attribute. White space stays.
std::string escaped(std::string_view text);
// The same as one line of at most `limit` characters; what is left out is counted in words.
std::string line(std::string_view text, size_t limit);
// The same with "…" for what is left out, where no element can stand: in a title, in an option.
std::string label(std::string_view text, size_t limit);

// Two texts side by side, the part that differs in <del> and <ins>. Of at most `limit` characters
// each, from where they begin to differ if they would not be in view otherwise.
struct Sides {
  std::string before;
  std::string after;
};
Sides side_by_side(std::string_view before, std::string_view after, size_t limit);

std::string number(uint64_t value);                          // "12,345"
std::string counted(uint64_t count, std::string_view noun);  // "1 finding", "12,345 findings"

}  // namespace kapi::html
