// SPDX-License-Identifier: GPL-2.0-only
// JSON text to a tree of values, for text that nobody vouches for.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kapi {

// Deeper nesting is refused; a corpus needs about ten levels.
inline constexpr size_t kMaxJsonDepth = 64;

struct ParsedJson {
  nlohmann::json root;
  // JSON pointer of the first member that its object has twice; empty if there is none. Reported
  // by the caller, who may know a better reason to refuse the text.
  std::string duplicate;
};

// Throws InputError with the offset where the text stops being JSON or is nested too deeply.
ParsedJson parse_json(std::string_view text, const std::string& file);

// "/apis/0" and "a/b" give "/apis/0/a~1b" (RFC 6901).
std::string json_pointer(std::string_view parent, std::string_view member);

}  // namespace kapi
