// SPDX-License-Identifier: GPL-2.0-only
// Text on lines: what every text form needs to stay readable and safe on a terminal.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kapi {

inline constexpr size_t kColumns = 100;  // where no other width is asked for

// The text as one line: white space folded into single spaces, control characters made visible.
std::string one_line(std::string_view text);
// The same, of at most `limit` characters, "…" for what is cut off.
std::string cut(std::string_view text, size_t limit);
// Two texts cut so that the first place where they differ stays in view.
std::pair<std::string, std::string> cut_pair(std::string_view a, std::string_view b, size_t limit);

// Lines of at most `columns`, each behind `indent` spaces. The text's own line breaks and leading
// white space are kept.
std::string wrapped(std::string_view text, size_t indent, size_t columns = kColumns);
// One line's words in lines of at most `columns` behind `indent` spaces, the first one behind
// `first` instead. Words that are longer stand alone.
std::string filled(std::string_view first, std::string_view text, size_t indent, size_t columns);
// The text's lines as they are, each behind `indent` spaces.
std::string verbatim(std::string_view text, size_t indent);

// A paragraph of running text, or lines that were laid out as they are: a list, a table.
struct Paragraph {
  bool keep_lines = false;
  std::vector<std::string> lines;  // of running text one, without line breaks
};
// Control characters are made visible, common indentation is taken off.
std::vector<Paragraph> paragraphs(std::string_view text);

// Characters, as many as a terminal shows of text without wide ones.
size_t width(std::string_view text);

// "a, b, c" of those that are not empty.
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");
// How wide a column must be for texts of these lengths. Bounded: one long name must not pad all
// others to its own length.
size_t column_width(const std::vector<size_t>& lengths);
// "1 param", "2 params".
std::string counted(size_t count, std::string_view noun);

enum class Style { plain, bold, dim, red, yellow };
// Text in the style's colour if `colour`. The text must be printable already.
std::string painted(std::string_view text, Style style, bool colour);

}  // namespace kapi
