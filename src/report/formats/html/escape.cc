// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/html/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "kapi/base.h"
#include "report/layout.h"

namespace kapi::html {
namespace {

std::string entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// `at`, or where the character that it is inside of begins.
size_t boundary(std::string_view text, size_t at) {
  while (at > 0 && at < text.size() && continues(text[at])) {
    at--;
  }
  return std::min(at, text.size());
}

// The byte behind the first `count` characters.
size_t bytes_of(std::string_view text, size_t count) {
  if (text.size() <= count) {
    return text.size();
  }
  size_t at = 0;
  for (; at < text.size() && (count > 0 || continues(text[at])); at++) {
    count -= continues(text[at]) ? 0 : 1;
  }
  return at;
}

std::string left_out(std::string_view what) {
  return what.empty() ? std::string()
                      : fmt::format("<span class=\"cut\">… {} left out …</span>",
                                    counted(width(what), "character"));
}

bool in_word(std::string_view text, size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  return c >= 0x80 || std::isalnum(c) != 0 || c == '_';
}

// Where a text differs from another one: [from, to), whole words.
struct Part {
  size_t from;
  size_t to;
};

Part widened(std::string_view text, Part part) {
  while (part.from > 0 && part.from < text.size() && in_word(text, part.from) &&
         in_word(text, part.from - 1)) {
    part.from--;
  }
  while (part.to > 0 && part.to < text.size() && in_word(text, part.to) &&
         in_word(text, part.to - 1)) {
    part.to++;
  }
  return part;
}

// The slice of at most `limit` characters from `start`, with the part marked.
std::string slice(std::string_view text, size_t start, Part part, size_t limit,
                  std::string_view element) {
  const size_t end = start + bytes_of(text.substr(start), limit);
  const size_t from = std::clamp(part.from, start, end);
  const size_t to = std::clamp(part.to, from, end);
  std::string out = left_out(text.substr(0, start)) + entities(text.substr(start, from - start));
  if (from < to) {
    out += fmt::format("<{0}>{1}</{0}>", element, entities(text.substr(from, to - from)));
  }
  return out + entities(text.substr(to, end - to)) + left_out(text.substr(end));
}

}  // namespace

std::string escaped(std::string_view text) { return entities(printable(text, true)); }

std::string line(std::string_view text, size_t limit) {
  const std::string whole = one_line(text);
  const size_t end = bytes_of(whole, limit);
  return entities(std::string_view(whole).substr(0, end)) +
         left_out(std::string_view(whole).substr(end));
}

std::string label(std::string_view text, size_t limit) { return entities(cut(text, limit)); }

Sides side_by_side(std::string_view before, std::string_view after, size_t limit) {
  const std::string left = printable(before, true);
  const std::string right = printable(after, true);
  const size_t shorter = std::min(left.size(), right.size());
  size_t head = 0;
  while (head < shorter && left[head] == right[head]) {
    head++;
  }
  size_t tail = 0;
  while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
    tail++;
  }
  Part old_part = widened(left, {boundary(left, head), left.size() - tail});
  Part new_part = widened(right, {boundary(right, head), right.size() - tail});
  // Nothing in common: marking all would say nothing.
  if (old_part.to - old_part.from == left.size() && new_part.to - new_part.from == right.size()) {
    old_part = new_part = {0, 0};
  }
  const size_t context = limit / 4;
  const size_t start = head > limit - context ? boundary(left, head - context) : 0;
  return {slice(left, start, old_part, limit, "del"), slice(right, start, new_part, limit, "ins")};
}

std::string number(uint64_t value) {
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", number(count), noun, count == 1 ? "" : "s");
}

}  // namespace kapi::html
