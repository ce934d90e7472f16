// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_string.h"

#include <cstdint>
#include <optional>

namespace kapi {
namespace {

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a' + 10))
                                      : std::nullopt;
}

// Digits from the front of `rest`, at most `limit`.
uint32_t take_number(std::string_view& rest, unsigned base, size_t limit) {
  uint32_t value = 0;
  for (size_t i = 0; i < limit && !rest.empty(); i++) {
    const auto next = digit(rest.front());
    if (!next || *next >= base) {
      break;
    }
    value = value * base + *next;
    rest.remove_prefix(1);
  }
  return value;
}

void append_utf8(uint32_t point, std::string& out) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | point >> 6);
    put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | (point >> 18 & 0x7));
    put(0x80 | (point >> 12 & 0x3f));
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  }
}

// What stands behind a backslash.
void append_escape(std::string_view& rest, std::string& out) {
  constexpr std::string_view kLetters = "abefnrtv";
  constexpr std::string_view kMeanings = "\a\b\033\f\n\r\t\v";
  const char c = rest.front();
  if (c >= '0' && c <= '7') {
    out += static_cast<char>(take_number(rest, 8, 3));
    return;
  }
  rest.remove_prefix(1);
  if (const size_t letter = kLetters.find(c); letter != kLetters.npos) {
    out += kMeanings[letter];
  } else if (c == 'x') {
    out += static_cast<char>(take_number(rest, 16, rest.size()));
  } else if (c == 'u' || c == 'U') {
    append_utf8(take_number(rest, 16, c == 'u' ? 4 : 8), out);
  } else if (c == '\r' && rest.starts_with('\n')) {
    rest.remove_prefix(1);  // a line that goes on
  } else if (c != '\n') {
    out += c;
  }
}

}  // namespace

std::string unescaped(std::string_view literal) {
  std::string out;
  std::string_view rest = literal.substr(literal.starts_with('"') ? 1 : 0);
  while (!rest.empty() && rest.front() != '"') {
    const size_t plain = std::min(rest.find_first_of("\\\""), rest.size());
    out += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.size() > 1 && rest.front() == '\\') {
      rest.remove_prefix(1);
      append_escape(rest, out);
    } else if (rest == "\\") {
      break;
    }
  }
  return out;
}

std::string with_single_blanks(std::string_view source) {
  std::string out;
  for (const char c : source) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

}  // namespace kapi
