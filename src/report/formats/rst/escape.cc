// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/rst/escape.h"

#include <algorithm>

#include "report/layout.h"

namespace kapi::rst {
namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Characters that begin or end markup wherever they stand. An underscore does at the end of a word;
// "::" at the end of a paragraph, " : " in a term.
bool begins_markup(std::string_view text, size_t at) {
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  switch (text[at]) {
    case '\\':
    case '*':
    case '`':
    case '|':
      return true;
    case '_':
      return !is_alnum(next);
    case ':':
      return next == ':' || next == ' ';
    default:
      return false;
  }
}

}  // namespace

std::string inline_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (size_t at = 0; at < line.size(); at++) {
    out += begins_markup(line, at) ? "\\" : "";
    out += line[at];
  }
  return out;
}

std::string block_text(std::string_view text) {
  std::string line = one_line(text);
  if (line.empty()) {
    return line;
  }
  const std::string first = line.substr(0, line.find(' '));
  if (!is_alnum(line[0]) && is_ascii(line[0])) {
    const std::string escaped = inline_text(line);
    // "\\\\" alone would be a rule: an escaped blank is nothing, and makes it text.
    const bool rule = escaped.find_first_not_of('\\') == escaped.npos;
    return (rule ? "\\ " : escaped[0] == '\\' ? "" : "\\") + escaped;
  }
  // "1." and "iv)", but not "end.": only short words number things, longer ones do no harm either.
  const bool mark = first.size() >= 2 && (first.back() == '.' || first.back() == ')') &&
                    std::all_of(first.begin(), first.end() - 1, is_alnum);
  if (mark) {
    return inline_text(first.substr(0, first.size() - 1)) + "\\" + first.back() +
           inline_text(line).substr(first.size());
  }
  return inline_text(line);
}

std::string literal(std::string_view text) {
  const std::string line = one_line(text);
  if (line.empty() || line.find('`') != line.npos || line.back() == '\\') {
    return block_text(line);
  }
  return "``" + line + "``";
}

}  // namespace kapi::rst
