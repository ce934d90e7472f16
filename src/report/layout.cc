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

size_t indentation(std::string_view line) {
  size_t own = 0;
  while (own < line.size() && is_space(line[own])) {
    own++;
  }
  return own;
}

// "- ", "* ", "• ", "1. ", "a) ": the beginning of an entry of a list.
bool is_entry(std::string_view line) {
  line.remove_prefix(indentation(line));
  const std::string_view mark = line.substr(0, line.find(' '));
  if (mark.size() == line.size()) {
    return false;
  }
  const bool number =
      mark.size() >= 2 && mark.size() <= 3 && (mark.back() == '.' || mark.back() == ')') &&
      std::all_of(mark.begin(), mark.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
  return mark == "-" || mark == "*" || mark == "+" || mark == "•" || number;
}

Paragraph paragraph_of(const std::vector<std::string_view>& lines) {
  size_t common = indentation(lines[0]);
  bool keep = false;
  for (const std::string_view line : lines) {
    common = std::min(common, indentation(line));
    keep = keep || is_entry(line);
  }
  Paragraph paragraph;
  for (const std::string_view line : lines) {
    const size_t own = indentation(line) - common;
    keep = keep || own > 0;
    paragraph.lines.push_back(std::string(std::min(own, kColumns / 4), ' ') + one_line(line));
  }
  paragraph.keep_lines = keep;
  if (!keep) {
    paragraph.lines = {joined(paragraph.lines, " ")};
  }
  return paragraph;
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

size_t width(std::string_view text) {
  return text.size() - static_cast<size_t>(std::count_if(text.begin(), text.end(), continues));
}

std::string filled(std::string_view first, std::string_view text, size_t indent, size_t columns) {
  std::string out;
  std::string line(first);
  bool fresh = true;  // no word on the line yet
  const std::string words = one_line(text);
  std::string_view rest = words;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (!fresh && width(line) + 1 + width(word) > columns) {
      out += line + "\n";
      line = std::string(indent, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + std::string(word);
    fresh = false;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return out + line + "\n";
}

std::string wrapped(std::string_view text, size_t indent, size_t columns) {
  std::string out;
  for (const std::string_view line : lines_of(text)) {
    const size_t own = indent + std::min(indentation(line), kColumns / 4);
    out += filled(std::string(own, ' '), line, own, columns);
  }
  return out;
}

std::vector<Paragraph> paragraphs(std::string_view text) {
  std::vector<Paragraph> all;
  std::vector<std::string_view> lines;
  for (const std::string_view line : lines_of(text)) {
    if (!line.empty()) {
      lines.push_back(line);
    } else if (!lines.empty()) {
      all.push_back(paragraph_of(std::exchange(lines, {})));
    }
  }
  if (!lines.empty()) {
    all.push_back(paragraph_of(lines));
  }
  return all;
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
