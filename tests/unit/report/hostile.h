// SPDX-License-Identifier: GPL-2.0-only
// Reports whose every text is markup, a command, a control or no text at all somewhere.
#pragma once

#include <string>
#include <vector>

#include "sample.h"

namespace kapi {

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> kTexts = {
      "]]>",
      "<script>alert(1)</script>",
      "</summary></details><img src=x>",
      "%0A::error::x",
      "a\n::stop-commands::x\r\n##[error]y",
      "a | b || c",
      "`` ` ``",
      "```",
      "@user and @org/team",
      "#1 owner/repo#2 GH-3 !4 $5 %6 ~label &7",
      "https://example.org/ www.example.org user@example.org",
      "[text](https://example.org) ![i](x) [1]: x",
      "**bold** _it_ ~~gone~~ $x$ :smile:",
      "# heading",
      "- item",
      "1. item",
      "=====",
      "{0} {{1}} }{",
      "[link](0) \\[",
      "\x1b[31mred\x07 \x01\x7f\xc2\x9b",
      "\xff\xfe invalid \xc3",
      "\xed\xa0\x80 surrogate \xef\xbf\xbe \xef\xbf\xbf",
      "\u202eright to left",
      "line\u2028separator",
      "a:b,c=d;e",
      "\"quoted\" 'text' &amp; &#64;",
      "<!-- -- -->",
      "${{ github.token }}",
      std::string("nul\0nul", 7),
      "",
      " ",
      std::string(100 * 1024, 'x'),
      std::string(100 * 1024, '\x01'),
  };
  return kTexts;
}

// One of all severities and standings, each with this text wherever there is a text.
inline Report hostile_report(const std::string& text) {
  Report report;
  report.old_source.file = report.new_source.file = text;
  report.old_source.release = report.new_source.release = text;
  report.preflight = {{text, text, text, text, 3}, {text, "", text, "", 0}};
  report.coverage = {
      {text, true, false, text}, {text, false, true, text}, {text, false, false, ""}};
  const Consequence consequence = {text, Severity::info, text, text, text, text, text, text, text};
  for (const Severity severity : {Severity::breaking, Severity::review, Severity::info}) {
    for (int standing = 0; standing < 3; standing++) {
      Finding finding = {text, severity, text, text, text, text, text, text, text, text};
      finding.known = standing == 1;
      if (standing == 2) {
        finding.waiver = Waiver{text, text, text};
      }
      finding.consequences.assign(6, consequence);
      report.findings.push_back(finding);
    }
  }
  return report;
}

// One whose findings do not count, with all that can be said of one.
inline Report settled_report() {
  Report report = sample_report();
  report.preflight = {{"CONFIG_AIO", "y", "n", "Without it io_submit(2) is not there.", 1}};
  report.findings[0].waiver = Waiver{"Nobody passes it", "2027-03-31", "kapitool.toml:12"};
  report.findings[1].known = true;
  Finding finding = {.rule = "syscall-removed",
                     .severity = Severity::breaking,
                     .subject = "syscall/x86_64/io_submit",
                     .before = "number 209",
                     .fingerprint = "00000000000000dd",
                     .message = "syscall io_submit (x86_64) is gone from the table",
                     .cause = "CONFIG_AIO: y → n"};
  finding.consequences = {{.rule = "api-removed",
                           .severity = Severity::breaking,
                           .subject = "sys_io_submit",
                           .fingerprint = "00000000000000ee",
                           .message = "sys_io_submit is no longer declared"}};
  report.findings.insert(report.findings.begin() + 1, finding);
  return report;
}

// Of all severities, most severe first.
inline Report large_report(size_t findings) {
  Report report = sample_report();
  report.findings.clear();
  for (size_t i = 0; i < findings; i++) {
    const Severity severity = i < findings / 4   ? Severity::breaking
                              : i < findings / 2 ? Severity::review
                                                 : Severity::info;
    const std::string number = std::to_string(1000000 + i);
    report.findings.push_back({.rule = "param-constraint-tightened",
                               .severity = severity,
                               .subject = "sys_call_" + number + "/params/flags",
                               .before = "mask 0x7f",
                               .after = "mask 0x3f",
                               .witness = "0x40",
                               .evidence = "old: .rodata at 0xffffffff81015860; new: the same",
                               .fingerprint = "000000000" + number,
                               .message = "sys_call_" + number + ": flags no longer accepts 0x40"});
  }
  return report;
}

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}
inline size_t occurrences(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
    count++;
  }
  return count;
}

}  // namespace kapi
