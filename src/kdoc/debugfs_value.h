// SPDX-License-Identifier: GPL-2.0-only
// JSON as the kernel prints it, which need not be JSON: cut where a buffer was full, with a comma
// behind the last element of a list that was too long, with bytes that are not UTF-8, and in RFC v1
// to v5 with nothing escaped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

struct DebugfsValue {
  enum class Kind { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  size_t line = 0;
  int64_t number = 0;               // of a boolean 0 or 1
  std::string text;                 // raw bytes, unescaped
  std::string key;                  // of a member of an object
  std::vector<DebugfsValue> items;  // of a list or an object

  // Null without.
  const DebugfsValue* find(std::string_view name) const;
};

struct DebugfsJson {
  DebugfsValue value;
  // Where and why reading ended early; what was complete until there is in `value`.
  size_t broken_line = 0;  // 0: it did not
  std::string broken_by;
  bool cut = false;             // because the text ends
  size_t spare_comma_line = 0;  // the first comma before a closing bracket, or 0
  bool unescaped = false;       // only readable if quotes in a text are not escaped
};

// Reads what it can; never throws. Nesting deeper than the kernel's is taken for damage.
DebugfsJson parse_debugfs_json(std::string_view text);

}  // namespace kapi
