// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/doc_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "kapi/base.h"

namespace kapi {
namespace {

constexpr size_t kExcerpt = 60;

// The length of the valid UTF-8 sequence that begins here, or 0.
size_t sequence_length(std::string_view text) {
  for (size_t length = 1; length <= 4 && length <= text.size(); length++) {
    if (is_utf8(text.substr(0, length))) {
      return length;
    }
  }
  return 0;
}

}  // namespace

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_word_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::string_view trim_left(std::string_view text) {
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  return text;
}

std::string_view trim(std::string_view text) {
  text = trim_left(text);
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator, size_t parts) {
  std::vector<std::string> out;
  while (out.size() + 1 < parts) {
    const size_t at = text.find(separator);
    if (at == text.npos) {
      break;
    }
    out.emplace_back(trim(text.substr(0, at)));
    text.remove_prefix(at + 1);
  }
  out.emplace_back(trim(text));
  return out;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (!is_space(c)) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::vector<DocLine> trim_lines(std::vector<DocLine> lines) {
  const auto has_text = [](const DocLine& line) { return !line.is_blank(); };
  lines.erase(std::find_if(lines.rbegin(), lines.rend(), has_text).base(), lines.end());
  lines.erase(lines.begin(), std::find_if(lines.begin(), lines.end(), has_text));
  if (!lines.empty()) {
    lines.front().text = std::string(trim_left(lines.front().text));
  }
  return lines;
}

std::string excerpt(std::string_view text) {
  const std::string line = single_spaced(text.substr(0, 4 * kExcerpt));
  if (line.size() <= kExcerpt) {
    return printable(line);
  }
  size_t end = kExcerpt;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) {
    end--;  // not within a character
  }
  return printable(line.substr(0, end)) + "…";
}

void read_lines_as_python(std::string_view text, SourceText& out) {
  const bool valid = is_utf8(text);
  if (valid && text.find('\r') == text.npos) {
    out.text = text;
    return;
  }
  size_t line = 1;
  out.copy.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const size_t length = valid ? 1 : sequence_length(text);
    if (length == 0) {
      out.bad_line = out.bad_line == 0 ? line : out.bad_line;
      out.copy += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (text[0] == '\r') {
      // Alone it ends a line; before a newline that one does.
      out.copy += text.starts_with("\r\n") ? "" : "\n";
    } else {
      out.copy += text.substr(0, length);
    }
    line += text[0] == '\n' || (text[0] == '\r' && !text.starts_with("\r\n")) ? 1 : 0;
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  out.text = out.copy;
}

std::string expand_tabs(std::string_view line) {
  constexpr size_t kTab = 8;
  if (line.find('\t') == line.npos) {
    return std::string(line);
  }
  std::string out;
  size_t column = 0;
  for (const char c : line) {
    if (c == '\t') {
      const size_t blanks = kTab - column % kTab;
      out.append(blanks, ' ');
      column += blanks;
    } else {
      out += c;
      column += (static_cast<unsigned char>(c) & 0xc0) == 0x80 ? 0 : 1;
    }
  }
  return out;
}

}  // namespace kapi
