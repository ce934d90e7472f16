// SPDX-License-Identifier: GPL-2.0-only
#include "report/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "kapi/base.h"

namespace kapi {
namespace {

constexpr std::string_view kEllipsis = "…";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Characters, as many as a terminal shows of text without wide ones.
size_t width(std::string_view text) {
  return text.size() - static_cast<size_t>(std::count_if(text.begin(), text.end(), continues));
}

// The byte where character number `count` begins.
size_t byte_of(std::string_view text, size_t count) {
  size_t at = 0;
  while (at < text.size() && (count > 0 || continues(text[at]))) {
    if (!continues(text[at])) {
      count--;
    }
    at++;
  }
  return at;
}

std::string head(std::string_view line, size_t limit) {
  if (width(line) <= limit) {
    return std::string(line);
  }
  return std::string(line.substr(0, byte_of(line, limit - 1))) + std::string(kEllipsis);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  std::vector<std::string_view> lines;
  while (true) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (!line.empty() && is_space(line.back())) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    if (end == text.npos) {
      return lines;
    }
    text.remove_prefix(end + 1);
  }
}

void append_wrapped_line(std::string& out, std::string_view line, size_t indent) {
  size_t own = 0;
  while (own < line.size() && is_space(line[own])) {
    own++;
  }
  const std::string margin(indent + std::min(own, kColumns / 4), ' ');
  const std::string words = one_line(line);
  std::string_view rest = words;
  std::string current;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (!current.empty() && margin.size() + width(current) + 1 + width(word) > kColumns) {
      out += margin + current + "\n";
      current.clear();
    }
    current += current.empty() ? std::string(word) : " " + std::string(word);
  }
  out += current.empty() ? "\n" : margin + current + "\n";
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (!is_space(c)) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  if (!folded.empty() && folded.back() == ' ') {
    folded.pop_back();
  }
  return printable(folded);
}

std::string cut(std::string_view text, size_t limit) { return head(one_line(text), limit); }

std::pair<std::string, std::string> cut_pair(std::string_view a, std::string_view b, size_t limit) {
  const std::string left = one_line(a);
  const std::string right = one_line(b);
  if (width(left) <= limit && width(right) <= limit) {
    return {left, right};
  }
  const auto differ = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
  const size_t shared =
      width(std::string_view(left).substr(0, static_cast<size_t>(differ - left.begin())));
  const size_t context = limit / 3;
  if (shared <= context) {
    return {head(left, limit), head(right, limit)};
  }
  const size_t from = byte_of(left, shared - context);
  const auto tail = [&](const std::string& line) {
    return std::string(kEllipsis) + head(std::string_view(line).substr(from), limit - 1);
  };
  return {tail(left), tail(right)};
}

std::string wrapped(std::string_view text, size_t indent) {
  std::string out;
  for (const std::string_view line : lines_of(text)) {
    append_wrapped_line(out, line, indent);
  }
  return out;
}

std::string verbatim(std::string_view text, size_t indent) {
  std::string out;
  for (const std::string_view line : lines_of(text)) {
    out += line.empty() ? "\n" : std::string(indent, ' ') + printable(line, true) + "\n";
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!part.empty()) {
      out += out.empty() ? part : std::string(separator) + part;
    }
  }
  return out;
}

size_t column_width(const std::vector<size_t>& lengths) {
  constexpr size_t kWidest = 40;
  const auto longest = std::max_element(lengths.begin(), lengths.end());
  return longest == lengths.end() ? 0 : std::min(*longest, kWidest);
}

std::string counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string painted(std::string_view text, Style style, bool colour) {
  if (!colour || style == Style::plain) {
    return std::string(text);
  }
  const char* code = style == Style::bold  ? "1"
                     : style == Style::dim ? "2"
                     : style == Style::red ? "1;31"
                                           : "33";
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace kapi
