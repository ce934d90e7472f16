// SPDX-License-Identifier: GPL-2.0-only
// tests/formats.py holds the pages against a renderer.
#include "report/formats/markdown/markdown.h"

#include <doctest/doctest.h>

#include "hostile.h"

using namespace kapi;

namespace {

constexpr size_t kLimit = 60 * 1024;

std::string page(const Report& report, const FormatOptions& options = {}) {
  return find_format("markdown")->findings(report, options);
}

}  // namespace

TEST_CASE("markdown: a comment begins with how many there are, and each opens to its detail") {
  const std::string out = page(sample_report());
  CHECK(out.starts_with("## kapitool: 1 breaking, 1 review, 1 info\n\n"));
  CHECK(has(out, "| old | old.elf 6.1.0 x86_64 build id 0123456789ab |\n"));
  CHECK(has(out,
            "### breaking (1): a program that kept to the old contract can now fail\n\n"
            "<details><summary><code>sys_open/params/flags</code> accepts less than it did"
            "</summary>\n\n- mask 0x7f → mask 0x3f; for example 0x40 (O_CREAT)\n"
            "- rule `param-constraint-tightened`, fingerprint `00000000000000aa`\n"
            "- new.elf: .rodata at 0x100\n\n</details>\n"));
  CHECK(has(out, "<summary>Compared: specs. Not compared: syscalls/x86_64.</summary>"));
  CHECK(has(out, "1 change of wording hidden; `--words` shows it."));
  CHECK_FALSE(has(out, "info (1)"));
  CHECK(has(page(sample_report(), {.words = true}), "- `sys_open/description`: says it in other"));
  CHECK_FALSE(has(page(sample_report(), {.summary = true}), "<code>"));
}

TEST_CASE("markdown: what does not count, what explains and what comes with it are told") {
  const std::string out = page(settled_report());
  CHECK(has(out, "## kapitool: 1 breaking, 0 review, 1 info, 1 accepted, 1 known\n"));
  CHECK(has(out, "The inputs differ in\n\n- CONFIG_AIO: y → n; explains 1 finding\n"));
  CHECK(has(out, "- explained by CONFIG_AIO: y → n\n- with it: sys_io_submit \\[api-removed\\]"));
  CHECK(has(out, "accepted (1): by a waiver; does not count"));
  CHECK(has(out, "accepts less than it did; accepted: Nobody passes it (kapitool.toml:12, until"));
  CHECK_FALSE(has(out, "can fail in a new way"));  // known
}

TEST_CASE("markdown: silence is told apart, and what failed is not behind a click") {
  Report report = sample_report();
  report.findings.clear();
  CHECK(has(page(report), "Unchanged: specs.\n"));
  report.coverage[1].failed = true;
  CHECK(has(page(report), "\n> **syscalls/x86\\_64 could not be compared in full:** no table") ==
        false);  // an underscore inside a word needs no escape
  CHECK(has(page(report), "\n> **syscalls/x86_64 could not be compared in full:** no table"));
  CHECK_FALSE(has(page(report), "Unchanged"));
}

TEST_CASE("markdown: what there is no room for is counted, the most severe is shown") {
  Report report = large_report(4000);
  report.preflight.resize(5000, {"CONFIG_X", "y", "n", "", 0});
  report.coverage.resize(5000, {"specs", true, true, "half of it is missing"});
  const std::string out = page(report);
  CHECK(out.size() < kLimit);
  const size_t shown = occurrences(out, "<details><summary><code>");
  CHECK(shown > 50);
  CHECK(has(out, "### breaking (1000)"));
  CHECK_FALSE(has(out, "### review"));
  CHECK(has(out, "**" + std::to_string(4000 - shown) + " findings not shown:**"));
  CHECK(has(out, "more differences\n"));
  CHECK(has(out, "more facts\n"));
}

TEST_CASE("markdown: text stays text") {
  using namespace markdown;
  CHECK(inline_text("sys_open: mode 0x200 (512), 100% a-b 1.5") ==
        "sys_open: mode 0x200 (512), 100% a-b 1.5");
  CHECK(inline_text("*a* _b_ `c` [d](e) <f> g|h \\") ==
        "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) &lt;f&gt; g\\|h \\\\");
  CHECK(inline_text("# x") == "\\# x");
  CHECK(inline_text("- x") == "\\- x");
  CHECK(inline_text("12. x") == "12\\. x");
  CHECK(inline_text("===") == "\\===");
  CHECK(inline_text("@user #12 a@b") == "@\u2060user \\#\u206012 a@\u2060b");
  CHECK(inline_text("https://x www.x.y GH-1 :smile:") ==
        "https:\u2060//x www\u2060.x.y GH-\u20601 :\u2060smile:");
  CHECK(html_text("<a href=\"x\">&amp;") == "&lt;a href=&quot;x&quot;&gt;&amp;amp;");
  CHECK(html_text("@user $x$") == "@\u2060user <span>$</span>x<span>$</span>");
  CHECK(code("plain") == "`plain`");
  CHECK(code("a``b") == "```a``b```");
  CHECK(code("`a") == "`` `a ``");
  CHECK(code("") == "`  `");
  CHECK(html_code("<b>@user") == "<code>&lt;b&gt;@user</code>");
}

TEST_CASE("markdown: a comment fits, whatever it holds") {
  for (const std::string& text : hostile_texts()) {
    const std::string out = page(hostile_report(text), {.words = true});
    CHECK(is_utf8(out));
    CHECK(out.size() < kLimit);
  }
}

TEST_CASE("markdown: rules are pages that refer to each other") {
  const Format& format = *find_format("markdown");
  const std::string list = format.rule_list(rules(), {});
  for (const RuleInfo& rule : rules()) {
    CAPTURE(rule.id);
    const std::string id(rule.id);
    CHECK(has(list, "| [" + id + "](" + id + ".md) | " + std::string(name(rule.severity)) + " | "));
    const std::string text = format.rule(rule, {});
    CHECK(text.starts_with("# " + id + "\n\n**"));
    CHECK(has(text, "\n## Why it matters\n\n"));
    CHECK(has(text, "\n## What to do\n\n"));
    CHECK(has(text, "swapped"));
    CHECK_FALSE(has(text, "\n\n\n"));
  }
}
