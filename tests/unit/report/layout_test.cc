// SPDX-License-Identifier: GPL-2.0-only
#include "report/layout.h"

#include <doctest/doctest.h>

#include <string>

using namespace kapi;

TEST_CASE("one line has no line breaks and no control characters") {
  CHECK(one_line("  two\n\twords \r\n") == "two words");
  CHECK(one_line("\x1b[31mred") == "\\x1b[31mred");
  CHECK(one_line("") == "");
}

TEST_CASE("cutting counts characters, not bytes, and never splits one") {
  CHECK(cut("äöü", 3) == "äöü");
  CHECK(cut("äöüß", 3) == "äö…");
  CHECK(cut("abc", 1) == "…");
}

TEST_CASE("two long texts are cut so that their difference stays in view") {
  const std::string same(200, 'x');
  const auto [a, b] = cut_pair(same + " old " + same, same + " new " + same, 40);
  CHECK(a.find("old") != std::string::npos);
  CHECK(b.find("new") != std::string::npos);
  CHECK(a.size() <= 40 + 4);  // two ellipses of three bytes each
  CHECK(cut_pair("short", "text", 40) == std::pair<std::string, std::string>("short", "text"));
  // One text is the other's beginning.
  const auto [shorter, longer] = cut_pair(same, same + "tail", 40);
  CHECK(shorter != longer);
  CHECK(longer.ends_with("tail"));
}

TEST_CASE("wrapped text keeps its words, its margin and its own line breaks") {
  std::string words;
  for (int i = 0; i < 60; i++) {
    words += "word" + std::to_string(i) + " ";
  }
  const std::string out = wrapped(words + "\n\n  listed", 4);
  size_t begin = 0;
  while (begin < out.size()) {
    const size_t end = out.find('\n', begin);
    CHECK(end - begin <= kColumns);
    CHECK((end == begin || out.substr(begin, 4) == "    "));
    begin = end + 1;
  }
  CHECK(out.find("word59\n\n      listed\n") != std::string::npos);
  CHECK(wrapped("", 2) == "\n");
}

TEST_CASE("verbatim text keeps its columns and loses its escapes") {
  CHECK(verbatim("int fd;\n  fd = open();\n\x1b\n", 2) == "  int fd;\n    fd = open();\n  \\x1b\n");
}

TEST_CASE("a column is as wide as its widest text, within reason") {
  CHECK(column_width({3, 7, 5}) == 7);
  CHECK(column_width({3, 1000000}) == 40);
  CHECK(column_width({}) == 0);
}

TEST_CASE("colour is around the text or not at all") {
  CHECK(painted("x", Style::red, false) == "x");
  CHECK(painted("x", Style::red, true) == "\x1b[1;31mx\x1b[0m");
}
