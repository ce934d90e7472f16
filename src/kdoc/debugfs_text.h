// SPDX-License-Identifier: GPL-2.0-only
// What the reader of the text form is made of.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "kapi/model.h"
#include "kdoc/debugfs_outline.h"

namespace kapi {

// All of a text as a number.
template <class T>
std::optional<T> parse(std::string_view text, int base = 10) {
  T value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc() && rest == end ? std::optional(value) : std::nullopt;
}

// The text between the two, or all of it if it does not have both.
inline std::string_view without(std::string_view text, std::string_view prefix,
                                std::string_view suffix) {
  return text.size() >= prefix.size() + suffix.size() && text.starts_with(prefix) &&
                 text.ends_with(suffix)
             ? text.substr(prefix.size(), text.size() - prefix.size() - suffix.size())
             : text;
}

// The text before the first `at`, and that behind it.
inline std::pair<std::string_view, std::string_view> cut(std::string_view text,
                                                         std::string_view at) {
  const size_t found = text.find(at);
  return found == text.npos ? std::pair(text, std::string_view())
                            : std::pair(text.substr(0, found), text.substr(found + at.size()));
}

struct TextParam {
  Param param;
  std::vector<Unresolved> unresolved;
  bool any_bit_flags = false;  // "IN INOUT", as until RFC v4
};
// `early`: printed by a kernel before PATCH v2.
TextParam read_text_param(const OutlineItem& item, size_t index, bool early);

}  // namespace kapi
