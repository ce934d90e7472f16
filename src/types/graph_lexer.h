// SPDX-License-Identifier: GPL-2.0-only
// The tokens of the text form of a type graph.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

struct Token {
  enum class Kind { word, quoted, number, mark, line_end, end };
  Kind kind = Kind::end;
  std::string text;      // of a word; one character, or "...", for a mark
  int64_t number = 0;    // the bit pattern if above INT64_MAX
  uint64_t ordinal = 0;  // NAME#2; 0 if there is none
  size_t line = 0;       // from 1
};

// Ends with a token of kind `end`. Throws InputError with the line as its offset.
std::vector<Token> lex_graph(std::string_view text);

}  // namespace kapi
