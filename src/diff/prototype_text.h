// SPDX-License-Identifier: GPL-2.0-only
// Signatures as text, with parameter names: "int (const void *mem, u32 mem__sz)".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace kapi {

// The types of such a text: without qualifiers, and without the word that ends each parameter where
// there is more than that word.
inline std::string types_of(std::string_view text) {
  std::string types;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(",()"), text.size());
    std::string_view part = text.substr(0, end);
    const size_t name = part.find_last_of(" *");
    const bool named = end < text.size() && text[end] != '(' && name != part.npos && name > 0;
    part = named ? part.substr(0, name + 1) : part;
    for (size_t begin = 0; begin < part.size();) {
      const size_t stop = std::min(part.find(' ', begin), part.size());
      const std::string_view word = part.substr(begin, stop - begin);
      if (word != "const" && !word.empty()) {
        types.append(word).append(" ");
      }
      begin = stop + 1;
    }
    types += end < text.size() ? text[end] : '\0';
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return types;
}

inline bool same_types(std::string_view before, std::string_view after) {
  return types_of(before) == types_of(after);
}

}  // namespace kapi
