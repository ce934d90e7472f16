// SPDX-License-Identifier: GPL-2.0-only
// Signatures as text, with parameter names: "int (const void *mem, u32 mem__sz)".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace kapi {

// What the verifier is sure to see of such a text: how many arguments there are, which are
// pointers, and what the others are called, without qualifiers and without the name that ends each
// parameter.
inline std::string kinds_of(std::string_view text) {
  std::string kinds;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(",()"), text.size());
    std::string_view part = text.substr(0, end);
    const bool parameter = end < text.size() && text[end] != '(';
    if (const size_t name = part.find_last_of(' '); parameter && name != part.npos && name > 0) {
      part = part.substr(0, name);
    }
    const bool pointer = text.substr(0, end).find('*') != text.npos;
    for (size_t begin = 0; begin < part.size() && !pointer;) {
      const size_t stop = std::min(part.find(' ', begin), part.size());
      const std::string_view word = part.substr(begin, stop - begin);
      if (word != "const" && !word.empty()) {
        kinds.append(word).append(" ");
      }
      begin = stop + 1;
    }
    kinds += pointer ? "*" : "";
    kinds += end < text.size() ? text[end] : ';';
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return kinds;
}

inline bool same_kinds(std::string_view before, std::string_view after) {
  return kinds_of(before) == kinds_of(after);
}

}  // namespace kapi
