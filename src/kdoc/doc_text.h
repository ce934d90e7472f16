// SPDX-License-Identifier: GPL-2.0-only
// Text as the generator of the framework, a Python program, handles it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kapi {

// A line of a comment, with its number in the file from 1.
struct DocLine {
  std::string text;
  size_t number = 0;

  bool is_indented() const { return text.starts_with(' ') || text.starts_with('\t'); }
  bool is_blank() const { return text.find_first_not_of(" \t\f\v\r") == text.npos; }
};

bool is_space(char c);
bool is_word_char(char c);
std::string_view trim_left(std::string_view text);
std::string_view trim(std::string_view text);
std::string lower(std::string_view text);
std::string upper(std::string_view text);
// At most `parts` trimmed pieces; the last one keeps its separators.
std::vector<std::string> split(std::string_view text, char separator, size_t parts = SIZE_MAX);
// Runs of blanks as one, none at the ends.
std::string single_spaced(std::string_view text);
// Without the blank lines at both ends; the first line loses its indentation, as it does when a
// whole text is trimmed.
std::vector<DocLine> trim_lines(std::vector<DocLine> lines);
// "a b c", for a message about a text of any length.
std::string excerpt(std::string_view text);

// UTF-8, with other bytes as \xNN, and each kind of line end as a newline. Points into `text` if
// that is so already.
struct SourceText {
  std::string copy;
  std::string_view text;
  size_t bad_line = 0;  // the first with a byte that is not UTF-8, or 0
};
void read_lines_as_python(std::string_view text, SourceText& out);
// Tabs to blanks, every eighth column.
std::string expand_tabs(std::string_view line);

}  // namespace kapi
