// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <string>

#include "report/formats/html/assets.h"
#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"
#include "sample.h"

using namespace kapi;

namespace {

std::string page(const Report& report, const FormatOptions& options = {}) {
  return find_format("html")->findings(report, options);
}

bool has(std::string_view out, std::string_view part) {
  return out.find(part) != std::string::npos;
}

size_t count(std::string_view out, std::string_view part) {
  size_t found = 0;
  for (size_t at = out.find(part); at != out.npos; at = out.find(part, at + part.size())) {
    found++;
  }
  return found;
}

// Every text of a finding and of the report is this one.
Report report_of(const std::string& text) {
  Report report = sample_report();
  for (Finding& finding : report.findings) {
    Consequence consequence;
    Consequence::members(consequence, [&](const char*, auto& member) {
      if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::string>) {
        member = text;
      }
    });
    Finding::members(finding, [&](const char*, auto& member) {
      if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::string>) {
        member = text;
      }
    });
    finding.waiver = Waiver{text, text, text};
    finding.consequences = {consequence};
  }
  for (Source* source : {&report.old_source, &report.new_source}) {
    source->file = source->release = source->architecture = source->build_id = text;
  }
  report.preflight = {{text, text, text, text, 1}};
  report.coverage = {{text, true, true, text}, {text, false, false, text}};
  return report;
}

Report many(size_t findings) {
  Report report = sample_report();
  const Finding finding = report.findings[0];
  report.findings.clear();
  for (size_t i = 0; i < findings; i++) {
    report.findings.push_back(finding);
    report.findings.back().subject = "sys_call" + std::to_string(i % 400) + "/params/flags";
    report.findings.back().fingerprint = fingerprint_of(report.findings.back());
  }
  return report;
}

}  // namespace

TEST_CASE("a page shows its findings with all that is known of them") {
  const std::string out = page(sample_report());
  CHECK(out.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n"));
  CHECK(out.ends_with("</html>\n"));
  CHECK(has(out, "<title>1 breaking change: 6.1.0 → new.elf</title>"));
  CHECK(has(out, "<h1 class=\"breaking\">1 breaking change</h1>"));
  CHECK(has(out, "<article id=\"f-00000000000000aa\" tabindex=\"-1\""));
  CHECK(has(out, "<h4>accepts less than it did</h4>"));
  CHECK(has(out, "<pre>mask <del>0x7f</del></pre>"));
  CHECK(has(out, "<pre>mask <ins>0x3f</ins></pre>"));
  CHECK(has(out, "<dt>Witness</dt><dd>0x40 (O_CREAT)</dd>"));
  CHECK(has(out, "<dt>Evidence</dt><dd>new.elf: .rodata at 0x100</dd>"));
  CHECK(has(out, "kapitool waive 00000000000000aa --reason"));
  CHECK(has(out, std::string(find_rule("param-constraint-tightened")->summary)));
  CHECK(has(out, "<strong>specs</strong> <span class=\"quiet\">8 and 8 APIs</span>"));
  CHECK(out.find("id=\"breaking\"") < out.find("id=\"review\""));
  CHECK(page(sample_report()) == out);
}

TEST_CASE("changes of wording are behind a filter unless they are asked for") {
  CHECK(has(page(sample_report()), "value=\"wording\">Wording 1"));
  CHECK(has(page(sample_report(), {.words = true}), "value=\"wording\" checked>Wording 1"));
}

TEST_CASE("the policy names the style and the script by the hashes of what is in the page") {
  const std::string out = page(sample_report());
  CHECK(has(out, "default-src 'none'; script-src 'sha256-" + std::string(html::kPageJs.sha256)));
  CHECK(has(out, "<style>" + std::string(html::kPageCss.text) + "</style>"));
  CHECK(has(out, "<script>" + std::string(html::kPageJs.text) + "</script>"));
  CHECK(html::kPageJs.sha256.size() == 44);
  CHECK(html::kPageJs.sha256.ends_with('='));
}

TEST_CASE("no text of an image is anything but text") {
  const std::string clean = page(report_of("x"));
  const std::string out = page(
      report_of("</script><script>alert(1)</script>\"><img src=x onerror='a()'>&lt;<!--</title>"));
  for (const std::string_view markup : {"<script", "</script", "<img", "<!--", "</title"}) {
    CAPTURE(std::string(markup));
    CHECK(count(out, markup) == count(clean, markup));
  }
  CHECK(has(out, "&lt;img src=x onerror=&#39;a()&#39;&gt;&amp;lt;"));

  const std::string seen =
      page(report_of("a\x1b[31m\x01\xc2\x9b\xff\xe2\x80\xae"
                     "b\n<"));
  for (const char* bytes : {"\x1b", "\x01", "\xc2\x9b", "\xff", "\xe2\x80\xae"}) {
    CHECK_FALSE(has(seen, bytes));
  }
  CHECK(has(seen, "a\\x1b[31m\\x01\\x9b\\xff\\u202eb"));
  CHECK(is_utf8(seen));
}

TEST_CASE("a fingerprint that is none becomes neither an id nor a command") {
  const std::string out = page(report_of("x' onclick='"));
  CHECK_FALSE(has(out, "id=\"f-"));
  CHECK_FALSE(has(out, "kapitool waive"));
}

TEST_CASE("long texts are cut, with a note of how much is left out") {
  const std::string out = page(report_of(std::string(100000, 'w')));
  CHECK(out.size() < 200000);
  CHECK(has(out, "… 99,000 characters left out …"));

  const std::string shared(20000, 'a');
  const html::Sides sides = html::side_by_side(shared + " old <", shared + " new &", 400);
  CHECK(has(sides.before, "characters left out …</span>aaaa"));
  CHECK(sides.before.ends_with("aaaa <del>old &lt;</del>"));
  CHECK(sides.after.ends_with("aaaa <ins>new &amp;</ins>"));
}

TEST_CASE("what differs is marked in whole words, and only where something is shared") {
  const auto marked = [](std::string_view before, std::string_view after) {
    const html::Sides sides = html::side_by_side(before, after, 1000);
    return sides.before + " | " + sides.after;
  };
  CHECK(marked("mask 0xfff", "mask 0x1ff") == "mask <del>0xfff</del> | mask <ins>0x1ff</ins>");
  CHECK(marked("a, b, c", "a, c") == "a, <del>b, </del>c | a, c");
  CHECK(marked("internal", "caller_held") == "internal | caller_held");
  CHECK(marked("true", "false") == "true | false");
  CHECK(marked("same", "same") == "same | same");
  CHECK(marked("x é", "x è") == "x <del>é</del> | x <ins>è</ins>");
  CHECK(marked("", "y") == " | y");
}

TEST_CASE("what could not be read cannot be overlooked") {
  Report report = sample_report();
  CHECK_FALSE(has(page(report), "class=\"alarm\""));
  report.coverage[0].failed = true;
  std::string out = page(report);
  CHECK(has(out, "<title>1 breaking change, and not everything could be read:"));
  CHECK(has(out, "<strong>Incomplete: specs</strong> – 8 and 8 APIs"));
  CHECK(out.find("class=\"alarm\"") < out.find("<main>"));

  report.findings.clear();
  CHECK(html::verdict_of(report).title == "No change in what could be read");
  report.coverage[0].failed = false;
  CHECK(html::verdict_of(report).title == "No change");
  CHECK(html::verdict_of(report).meaning == "The same on both sides: specs.");
  report.coverage[0].compared = false;
  CHECK(html::verdict_of(report).title == "Nothing was compared");
  report.coverage.push_back({.fact = "config", .compared = true});  // no part of the contract
  CHECK(html::verdict_of(report).title == "Nothing was compared");
}

TEST_CASE("a policy that leaves findings out leaves no clean page") {
  Report report = sample_report();
  report.findings.clear();
  report.coverage.push_back({.fact = "policy", .detail = "2 findings out of scope"});
  CHECK(html::verdict_of(report).title == "No finding is left");
  report.coverage[0].failed = true;
  CHECK(html::verdict_of(report).title == "No finding is left in what could be read");
  CHECK(has(page(report), "2 findings out of scope"));
}

TEST_CASE("bounds that are none are not shown as numbers") {
  Report report = sample_report();
  report.findings[0].before = "range -9223372036854775808..9223372036854775807";
  report.findings[0].after = "range -9223372036854775808..4096";
  CHECK(has(page(report), "<pre>any value</pre>"));
  CHECK(has(page(report), "<pre>range ..4096</pre>"));
}

TEST_CASE("what does not count is told apart, with the reason") {
  Report report = sample_report();
  report.findings[0].waiver = Waiver{"nobody <calls> it", "2027-03-31", "kapitool.toml:12"};
  report.findings[1].known = true;
  report.findings[2].cause = "CONFIG_AIO: y → n";
  report.preflight = {{"compiler", "gcc 12", "gcc 14", "", 0}, {"CONFIG_AIO", "y", "n", "gone", 1}};
  const std::string out = page(report);
  CHECK(has(out, "No new breaking change"));  // one is accepted
  CHECK(has(out, "Accepted until 2027-03-31: nobody &lt;calls&gt; it"));
  CHECK(has(out, "<span class=\"tag breaking\">breaking</span>"));
  CHECK(has(out, "id=\"accepted\""));
  CHECK(has(out, "id=\"known\""));
  CHECK(has(out, "Explained by CONFIG_AIO: y → n"));
  CHECK_FALSE(has(out, "kapitool waive 00000000000000aa"));  // it is
  // What explains something comes before what does not.
  CHECK(out.find("<strong>CONFIG_AIO</strong>") < out.find("<strong>compiler</strong>"));
}

TEST_CASE("of many differences between the inputs most are folded, and not more than 500 told") {
  Report report = sample_report();
  CHECK_FALSE(has(page(report), "What the inputs differ in"));
  report.preflight.assign(600, {"CONFIG_X", "y", "", "", 0});
  const std::string out = page(report);
  CHECK(has(out, "<summary>588 more</summary>"));
  CHECK(count(out, "<strong>CONFIG_X</strong>: <code>y</code> → <i class=\"quiet\">none</i>") ==
        500);
  CHECK(has(out, "100 left out; the json format has all."));
}

TEST_CASE("consequences are folded under their finding, and found by their own names") {
  Report report = sample_report();
  report.findings.resize(1);
  report.findings[0].consequences = {{.rule = "error-added",
                                      .subject = "sys_other/errors/ELOOP",
                                      .fingerprint = "00000000000000dd",
                                      .message = "sys_other can fail"}};
  const std::string out = page(report);
  CHECK(has(out, "<summary>1 consequence of the same change</summary>"));
  CHECK(has(out, ">sys_other</option>"));
  CHECK(has(out, "data-api=\"0 1\" data-rule=\"0 1\""));
  CHECK(has(out, "kapitool waive 00000000000000aa 00000000000000dd --reason"));
}

TEST_CASE("subjects belong to an API, and what the image exposes to itself") {
  CHECK(html::api_of("sys_open/params/flags") == "sys_open");
  CHECK(html::api_of("sys_open") == "sys_open");
  CHECK(html::api_of("syscall/x86_64/uselib") == "syscall/x86_64/uselib");
  CHECK(html::api_of("syscall/x86_64/uselib/params/0") == "syscall/x86_64/uselib");
  CHECK(html::api_of("struct/open_how/fields/resolve") == "struct/open_how");
  CHECK(html::api_of("") == "");
}

TEST_CASE("a summary has no findings and no controls") {
  const std::string out = page(sample_report(), {.summary = true});
  CHECK(has(out, "1 breaking change"));
  CHECK_FALSE(has(out, "<article"));
  CHECK_FALSE(has(out, "class=\"controls\""));
  CHECK_FALSE(has(out, "#findings"));
}

TEST_CASE("a page holds as many findings as a browser bears, and says how many it leaves out") {
  const std::string all = page(many(html::kFindingLimit));
  CHECK(count(all, "<article") == html::kFindingLimit);
  CHECK_FALSE(has(all, "left out of this page"));

  Report report = many(100000);
  report.findings.push_back(sample_report().findings[1]);
  const std::string out = page(report);
  CHECK(count(out, "<article") == html::kFindingLimit);
  CHECK(has(out, "95,001 of 100,001 findings are left out of this page"));
  CHECK(has(out, "Breaking (100,000)"));
  CHECK(has(out, "95,000 of 100,000 breaking, 1 of 1 review"));
  CHECK(out.size() < html::kByteLimit);

  Report long_texts = many(100000);
  for (Finding& finding : long_texts.findings) {
    finding.evidence = finding.message = std::string(1000, '<');
    finding.before = std::string(4000, '<');
    finding.after = std::string(4000, '>');
  }
  CHECK(page(long_texts).size() < html::kByteLimit * 11 / 10);
}
