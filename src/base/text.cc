// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kapi/base.h"

namespace kapi {
namespace {

// The length of the valid UTF-8 sequence at the start of `text` (RFC 3629: shortest form, no
// surrogates, nothing past U+10FFFF), or 0.
size_t sequence_length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) {
    return 0;
  }
  for (size_t i = 1; i < length; i++) {
    if ((byte(i) & 0xc0) != 0x80) {
      return 0;
    }
  }
  const uint8_t second = byte(1);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool outside = (lead == 0xed && second >= 0xa0) || (lead == 0xf4 && second >= 0x90);
  return overlong || outside ? 0 : length;
}

void append_escaped(std::string& out, char c) {
  out += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
}

// The code point of a sequence of three bytes.
uint32_t code_point(std::string_view sequence) {
  const auto bits = [&](size_t i, uint32_t mask) {
    return static_cast<uint32_t>(static_cast<uint8_t>(sequence[i])) & mask;
  };
  return bits(0, 0xf) << 12 | bits(1, 0x3f) << 6 | bits(2, 0x3f);
}

// What changes the order of the text around it, or ends a line without looking like it: marks,
// embeddings, overrides and isolates of UAX #9, and the two separators.
bool reorders(uint32_t point) {
  return point == 0x200e || point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
         (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t length = sequence_length(bytes);
    if (length == 0) {
      return false;
    }
    bytes.remove_prefix(length);
  }
  return true;
}

std::string to_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) {
    return std::string(bytes);
  }
  std::string out;
  while (!bytes.empty()) {
    const size_t length = sequence_length(bytes);
    if (length == 0) {
      append_escaped(out, bytes[0]);
    } else if (bytes[0] == '\\') {
      out += "\\\\";
    } else {
      out += bytes.substr(0, length);
    }
    bytes.remove_prefix(std::max<size_t>(length, 1));
  }
  return out;
}

std::string printable(std::string_view text, bool keep_layout) {
  std::string out;
  while (!text.empty()) {
    const size_t length = sequence_length(text);
    const auto lead = static_cast<uint8_t>(text[0]);
    const bool layout = keep_layout && (text[0] == '\n' || text[0] == '\t');
    // U+0080 to U+009F, the C1 controls, are 0xc2 0x80 to 0xc2 0x9f.
    const bool c1 = length == 2 && lead == 0xc2 && static_cast<uint8_t>(text[1]) < 0xa0;
    if (c1) {
      append_escaped(out, text[1]);
    } else if (length == 3 && reorders(code_point(text))) {
      out += fmt::format("\\u{:04x}", code_point(text));
    } else if (length == 0 || (lead < 0x20 && !layout) || lead == 0x7f) {
      append_escaped(out, text[0]);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return out;
}

std::string hex(uint64_t value) { return fmt::format("{:#x}", value); }

std::optional<uint64_t> parse_hex(std::string_view text) {
  if (!text.starts_with("0x") || text.size() < 3) {
    return std::nullopt;
  }
  text.remove_prefix(2);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

uint64_t fnv1a64(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  }
  return hash;
}

}  // namespace kapi
