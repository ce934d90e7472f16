// SPDX-License-Identifier: GPL-2.0-only
// What tests/show.py holds against docutils and mandoc is held here against the two languages'
// rules.
#include <doctest/doctest.h>

#include "report/formats/man/roff.h"
#include "report/formats/rst/escape.h"
#include "report/layout.h"

using namespace kapi;

TEST_CASE("reStructuredText takes no text for markup") {
  using rst::inline_text;
  CHECK(inline_text("plain, (text) [1] <x> a:b it's") == "plain, (text) [1] <x> a:b it's");
  CHECK(inline_text("*a* `b` |c| d\\e") == "\\*a\\* \\`b\\` \\|c\\| d\\\\e");
  CHECK(inline_text("name_ a_b __x__ [1]_") == "name\\_ a_b \\__x\\_\\_ [1]\\_");
  CHECK(inline_text("for example::") == "for example\\:\\:");
  CHECK(inline_text("a : b") == "a \\: b");
  CHECK(inline_text("a\nb\t c\x1b") == "a b c\\\\x1b");
}

TEST_CASE("reStructuredText takes no text for the beginning of another block") {
  using rst::block_text;
  CHECK(block_text("words") == "words");
  for (const char* text : {"- item", "+ item", "-o option", "--long", ".. comment", ":field: x",
                           ">>> python", "====", "\"quoted\"", "(a) item", "#. item", "/V"}) {
    CAPTURE(text);
    CHECK(block_text(text).starts_with("\\"));
  }
  CHECK(block_text("* item") == "\\* item");
  CHECK(block_text("1. item") == "1\\. item");
  CHECK(block_text("iv) item") == "iv\\) item");
  CHECK(block_text("\xc3\xa9t\xc3\xa9") == "\xc3\xa9t\xc3\xa9");
  CHECK(block_text("").empty());
}

TEST_CASE("literal text stands between marks where it can") {
  CHECK(rst::literal("const char *name") == "``const char *name``");
  CHECK(rst::literal(" a\\b ") == "``a\\b``");
  CHECK(rst::literal("a`b") == "a\\`b");
  CHECK(rst::literal("a\\") == "a\\\\");
  CHECK(rst::literal("").empty());
}

TEST_CASE("roff takes no text for a request or an escape") {
  CHECK(man::inline_text("a\\nb-c'd\"e`f^g~h") == "a\\enb\\-c\\(aqd\\(dqe\\(gaf\\(hag\\(tih");
  CHECK(man::inline_text("\xc3\xa9 \xe2\x86\x92 \xf0\x9f\x90\xa7") ==
        "\\[u00E9] \\[u2192] \\[u1F427]");
  CHECK(man::argument("a \"b\"") == "\"a \\(dqb\\(dq\"");
  CHECK(man::running_text(".SH x") == "\\&.SH x\n");
  CHECK(man::running_text("'in x") == "\\(aqin x\n");
  CHECK(man::running_text("One. Two? Three") == "One.\nTwo?\nThree\n");
  CHECK(man::running_text("  deep") == "\\ \\ deep\n");
  CHECK(man::example("a\n.b\n\n  c\n") == ".EX\na\n\\&.b\n\n  c\n.EE\n");
  // A word that begins a line after a break begins with no request either.
  const std::string broken = man::running_text(std::string(71, 'x') + " .so /etc/passwd");
  CHECK(broken == std::string(71, 'x') + "\n\\&.so /etc/passwd\n");
}

TEST_CASE("a declaration sets what is to be replaced in italics") {
  CHECK(man::prototype(
            {"int", "open", {{"const char __user *path", "path"}, {"int flags", "flags"}}}) ==
        ".BI \"int open(const char *\" \"path\" \", int \" \"flags\" \");\"\n");
  CHECK(man::prototype({"long", "getpid", {}}) == ".B \"long getpid(void);\"\n");
  CHECK(man::prototype({"int", "ioctl", {{"int fd", "fd"}, {"CMD", ""}, {"...", ""}}}) ==
        ".BI \"int ioctl(int \" \"fd\" \", CMD, ...);\"\n");
  const std::string long_type = "struct a_type_with_a_long_name *";
  CHECK(man::prototype({"long", "f", {{long_type + "a", "a"}, {long_type + "b", "b"}}}) ==
        ".BI \"long f(" + long_type + "\" \"a\" \",\"\n.BI \"       " + long_type +
            "\" \"b\" \");\"\n");
}

TEST_CASE("a page is dated by what the kernel's banner says, and by nothing else") {
  CHECK(man::build_date("Linux version 6.12.1 (x@y) #1 SMP Debian 6.12.1-1 (2026-08-14)") ==
        "2026-08-14");
  CHECK(man::build_date("Linux version 6.12.1 (x@y) #1 SMP Fri Aug  7 10:00:00 UTC 2026") ==
        "2026-08-07");
  CHECK(man::build_date("Linux version 6.99.0 (gcc, ld) #1 SMP PREEMPT_DYNAMIC").empty());
  CHECK(man::build_date("Fri Foo 14 10:00:00 UTC 2026").empty());
  CHECK(man::build_date("(2026-0x-14)").empty());
  CHECK(man::build_date("").empty());
}

TEST_CASE("running text is filled again, what was laid out is not") {
  const auto all = paragraphs("one\ntwo\n\n\n- a\n- b\n\n  deep\n    deeper\n\n 1. x\n");
  REQUIRE(all.size() == 4);
  CHECK(all[0].lines == std::vector<std::string>{"one two"});
  CHECK_FALSE(all[0].keep_lines);
  CHECK(all[1].lines == std::vector<std::string>{"- a", "- b"});
  CHECK(all[1].keep_lines);
  CHECK(all[2].lines == std::vector<std::string>{"deep", "  deeper"});
  CHECK(all[3].keep_lines);
  CHECK(paragraphs("").empty());
  CHECK(paragraphs(" \n\n").empty());
}
