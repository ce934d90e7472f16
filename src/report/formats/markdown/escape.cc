// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <cctype>

#include "report/formats/markdown/markdown.h"
#include "report/layout.h"

namespace kapi::markdown {
namespace {

constexpr std::string_view kWordJoiner = "\u2060";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Whether the character at `at` begins a reference: to a user, an issue, a merge request, a label,
// a page of a wiki.
bool begins_reference(std::string_view line, size_t at) {
  const char next = at + 1 < line.size() ? line[at + 1] : ' ';
  switch (line[at]) {
    case '#':
    case '!':
    case '$':
    case '&':
      return is_digit(next);
    case '@':
    case '~':
    case '%':
      return is_alnum(next) || next == '_' || next == '"';
    case '[':
      return next == '[';
    case '-':
      return is_digit(next) && at >= 2 && line.substr(at - 2, 2) == "GH";
    default:
      return false;
  }
}

// ":smile:".
bool begins_emoji(std::string_view line, size_t at) {
  if (line[at] != ':') {
    return false;
  }
  size_t end = at + 1;
  while (end < line.size() &&
         (is_alnum(line[end]) || line[end] == '_' || line[end] == '+' || line[end] == '-')) {
    end++;
  }
  return end > at + 1 && end < line.size() && line[end] == ':';
}

// What would become a link by itself: "https://…", "www.…".
bool begins_link(std::string_view line, size_t at) {
  return (line[at] == ':' && line.substr(at, 3) == "://") ||
         (at >= 2 && line.substr(at - 2, 4) == "www.");
}

// Whether the character at `at` could be taken for markup: at the start of a line also for a
// bullet, a number, or the rule below a heading.
bool begins_markup(std::string_view line, size_t at) {
  constexpr std::string_view kMarkup = "\\`*[]~|#!$^";
  constexpr std::string_view kBullets = "-+=";
  if (line[at] == '_') {
    return at == 0 || at + 1 == line.size() || !is_alnum(line[at - 1]) || !is_alnum(line[at + 1]);
  }
  if (line[at] == '.' || line[at] == ')') {
    return at > 0 && at < 10 &&
           std::all_of(line.begin(), line.begin() + static_cast<ptrdiff_t>(at), is_digit);
  }
  return kMarkup.find(line[at]) != kMarkup.npos ||
         (at == 0 && kBullets.find(line[at]) != kBullets.npos);
}

std::string html_entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return std::string(1, c);
  }
}

bool needs_joiner(std::string_view line, size_t at) {
  return begins_reference(line, at) || begins_emoji(line, at) || begins_link(line, at);
}

size_t longest_run(std::string_view text, char mark) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == mark ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string inline_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (size_t at = 0; at < line.size(); at++) {
    out += begins_markup(line, at) ? "\\" : "";
    out += html_entity(line[at]);
    out += needs_joiner(line, at) ? kWordJoiner : "";
  }
  return out;
}

std::string html_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (size_t at = 0; at < line.size(); at++) {
    // Two dollars in one text are a formula.
    out += line[at] == '$' ? "<span>$</span>" : html_entity(line[at]);
    out += needs_joiner(line, at) ? kWordJoiner : "";
  }
  return out;
}

std::string code(std::string_view text) {
  const std::string line = one_line(text);
  const std::string fence(longest_run(line, '`') + 1, '`');
  const bool pad = line.empty() || line.front() == '`' || line.back() == '`';
  return fence + (pad ? " " : "") + line + (pad ? " " : "") + fence;
}

std::string html_code(std::string_view text) {
  std::string out = "<code>";
  for (const char c : one_line(text)) {
    out += html_entity(c);
  }
  return out + "</code>";
}

}  // namespace kapi::markdown
