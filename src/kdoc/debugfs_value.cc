// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/debugfs_value.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace kapi {
namespace {

constexpr int kMaxDepth = 8;  // the kernel's own is 4

struct Damage {
  std::string reason;
  bool cut = false;  // the text ends where more was to come
};

void append_utf8(std::string& out, uint32_t code) {
  const auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6);
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

class Parser {
 public:
  Parser(std::string_view text, bool unescaped) : text_(text) { out_.unescaped = unescaped; }

  DebugfsJson run() {
    try {
      value(out_.value, 0);
      skip_blanks();
      if (at_ < text_.size()) {
        throw Damage{"there is more text behind the end"};
      }
    } catch (const Damage& damage) {
      out_.broken_line = line_;
      out_.broken_by = damage.reason;
      out_.cut = damage.cut;
    }
    return std::move(out_);
  }

 private:
  void skip_blanks() {
    for (; at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos;
         at_++) {
      line_ += text_[at_] == '\n' ? 1 : 0;
    }
  }

  char peek() {
    skip_blanks();
    if (at_ >= text_.size()) {
      throw Damage{"the text ends in the middle", true};
    }
    return text_[at_];
  }

  void expect(char c) {
    if (peek() != c) {
      throw Damage{std::string("expected '") + c + "'"};
    }
    at_++;
  }

  // Fills `out` as it reads, so that what was read before damage stays.
  void value(DebugfsValue& out, int depth) {
    const char c = peek();
    out.line = line_;
    if (depth > kMaxDepth) {
      throw Damage{"brackets are nested too deeply"};
    }
    if (c == '{') {
      out.kind = DebugfsValue::Kind::object;
      object(out, depth);
    } else if (c == '[') {
      out.kind = DebugfsValue::Kind::list;
      list(out, depth);
    } else if (c == '"') {
      out.kind = DebugfsValue::Kind::text;
      quoted(out.text, false);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      number(out);
    } else {
      word(out);
    }
  }

  void number(DebugfsValue& out) {
    out.kind = DebugfsValue::Kind::number;
    const char* const end = text_.data() + text_.size();
    const auto [rest, error] = std::from_chars(text_.data() + at_, end, out.number);
    if (error != std::errc()) {
      throw Damage{error == std::errc::invalid_argument ? "expected a number"
                                                        : "a number has more than 64 bits"};
    }
    at_ = static_cast<size_t>(rest - text_.data());
    if (at_ >= text_.size()) {
      throw Damage{"the text ends in a number", true};
    }
  }

  void word(DebugfsValue& out) {
    for (const std::string_view known : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(known)) {
        out.kind = known == "null" ? DebugfsValue::Kind::null : DebugfsValue::Kind::boolean;
        out.number = known == "true" ? 1 : 0;
        at_ += known.size();
        return;
      }
    }
    const bool cut = text_.size() - at_ < 5;
    throw Damage{cut ? "the text ends in the middle" : "expected a value", cut};
  }

  // A comma, or the closing bracket: false. A comma before the bracket is passed over.
  bool more(char close) {
    if (peek() == ',') {
      at_++;
      if (peek() != close) {
        return true;
      }
      out_.spare_comma_line = out_.spare_comma_line == 0 ? line_ : out_.spare_comma_line;
    }
    expect(close);
    return false;
  }

  void object(DebugfsValue& out, int depth) {
    expect('{');
    if (peek() == '}') {
      at_++;
      return;
    }
    do {
      if (peek() != '"') {
        throw Damage{"expected a key"};
      }
      std::string key;
      quoted(key, true);
      expect(':');
      out.items.emplace_back();
      out.items.back().key = std::move(key);
      try {
        value(out.items.back(), depth + 1);
      } catch (const Damage&) {
        // Half a text or number would be another one; a list keeps what it has.
        const auto kind = out.items.back().kind;
        if (kind != DebugfsValue::Kind::list && kind != DebugfsValue::Kind::object) {
          out.items.pop_back();
        }
        throw;
      }
    } while (more('}'));
  }

  void list(DebugfsValue& out, int depth) {
    expect('[');
    if (peek() == ']') {
      at_++;
      return;
    }
    do {
      out.items.emplace_back();
      try {
        value(out.items.back(), depth + 1);
      } catch (const Damage&) {
        out.items.pop_back();
        throw;
      }
    } while (more(']'));
  }

  // Whether the quote at `at` ends a text that may hold quotes: one does at the end of its line.
  bool ends_text(size_t at) const {
    const std::string_view rest = text_.substr(at + 1, 2);
    return rest.empty() || rest[0] == '\n' || rest == ",\n" || rest == ",";
  }

  void quoted(std::string& out, bool key) {
    const size_t first_line = line_;
    for (at_++; at_ < text_.size(); at_++) {
      const char c = text_[at_];
      if (c == '"' && (key || !out_.unescaped || ends_text(at_))) {
        at_++;
        return;
      }
      if (c == '\\' && !out_.unescaped) {
        escape(out);
        continue;
      }
      line_ += c == '\n' ? 1 : 0;
      out += c;
    }
    line_ = first_line;
    throw Damage{"the text ends in a quoted text", true};
  }

  void escape(std::string& out) {
    if (at_ + 1 >= text_.size()) {
      return;  // the caller meets the end
    }
    const char c = text_[++at_];
    constexpr std::string_view kLetters = "nrtbf";
    if (const size_t letter = kLetters.find(c); letter != kLetters.npos) {
      out += "\n\r\t\b\f"[letter];
    } else if (c == 'u') {
      uint32_t code = hex4(at_ + 1);
      at_ += 4;
      const bool high = code >= 0xd800 && code < 0xdc00;
      if (high && text_.substr(at_ + 1).starts_with("\\u")) {
        const uint32_t low = hex4(at_ + 3);
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          at_ += 6;
        }
      }
      append_utf8(out, code);
    } else if (c == '"' || c == '\\' || c == '/') {
      out += c;
    } else {
      throw Damage{"a backslash is followed by what it does not escape"};
    }
  }

  uint32_t hex4(size_t at) const {
    uint32_t code = 0;
    const std::string_view digits = text_.substr(std::min(at, text_.size()), 4);
    const char* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, code, 16);
    if (digits.size() < 4 || error != std::errc() || rest != end) {
      const bool cut = digits.size() < 4;
      throw Damage{
          cut ? "the text ends in a quoted text" : "\\u is not followed by four hexadecimal digits",
          cut};
    }
    return code;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
  DebugfsJson out_;
};

}  // namespace

const DebugfsValue* DebugfsValue::find(std::string_view name) const {
  for (const DebugfsValue& item : items) {
    if (kind == Kind::object && item.key == name) {
      return &item;
    }
  }
  return nullptr;
}

DebugfsJson parse_debugfs_json(std::string_view text) {
  DebugfsJson escaped = Parser(text, false).run();
  if (escaped.broken_line == 0 || escaped.cut) {
    return escaped;
  }
  DebugfsJson unescaped = Parser(text, true).run();
  const bool better =
      unescaped.broken_line == 0 || unescaped.value.items.size() > escaped.value.items.size();
  return better ? unescaped : escaped;
}

}  // namespace kapi
