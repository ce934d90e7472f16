// SPDX-License-Identifier: GPL-2.0-only
// Modes of files as text: "0644".
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kapi {

inline std::optional<uint32_t> parse_mode(std::string_view text) {
  uint32_t mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(mode)
                                                                  : std::nullopt;
}

// Whether somebody could read or write a file of one mode who cannot with the other.
inline bool takes_rights(std::string_view before, std::string_view after) {
  constexpr uint32_t kRights = 0666;
  const auto old_mode = parse_mode(before);
  const auto new_mode = parse_mode(after);
  return old_mode && new_mode && (*old_mode & ~*new_mode & kRights) != 0;
}

}  // namespace kapi
