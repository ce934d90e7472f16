// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"

namespace kapi::html {
namespace {

constexpr size_t kNameLimit = 200;
constexpr size_t kDetailLimit = 1000;
constexpr size_t kDifferenceLimit = 500;
constexpr size_t kDifferencesOpen = 12;  // more than that are folded

std::string inputs_html(const Report& report) {
  struct Row {
    const char* name;
    std::string Source::*member;
  };
  constexpr Row kRows[] = {{"File", &Source::file},
                           {"Release", &Source::release},
                           {"Architecture", &Source::architecture},
                           {"Build ID", &Source::build_id}};
  const auto value = [](const std::string& text, bool code) {
    return text.empty() ? std::string("<span class=\"quiet\">unknown</span>")
           : code       ? "<code>" + line(text, kNameLimit) + "</code>"
                        : line(text, kNameLimit);
  };
  std::string out =
      "<table class=\"inputs\">\n<caption>The two inputs</caption>\n"
      "<thead><tr><td></td><th scope=\"col\">Old</th><th scope=\"col\">New</th></tr></thead>\n"
      "<tbody>\n";
  for (const Row& row : kRows) {
    const bool code = row.member == &Source::build_id;
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", row.name,
                       value(report.old_source.*row.member, code),
                       value(report.new_source.*row.member, code));
  }
  return out + "</tbody>\n</table>\n";
}

std::string_view mark(const Compared& entry) {
  return !entry.failed ? "" : entry.compared ? "Incomplete: " : "Failed: ";
}

std::string alarm_html(const Report& report) {
  std::string rows;
  for (const Compared& entry : report.coverage) {
    if (entry.failed) {
      rows += fmt::format("<li><strong>{}{}</strong> – {}</li>\n", mark(entry),
                          line(entry.fact, kNameLimit), line(entry.detail, kDetailLimit));
    }
  }
  return rows.empty() ? rows
                      : "<section class=\"alarm\" aria-labelledby=\"unread\">\n"
                        "<h2 id=\"unread\">Not everything could be read</h2>\n"
                        "<p>For these, the absence of a finding means nothing.</p>\n<ul>\n" +
                            rows + "</ul>\n</section>\n";
}

std::string count_html(uint64_t count, std::string_view tone, std::string_view title,
                       const std::string& more) {
  return fmt::format("<li class=\"{}\"><strong>{}</strong> {}{}</li>\n",
                     count == 0 ? "aside" : tone, number(count), title,
                     more.empty() ? more : "<small>" + more + "</small>");
}

std::string coverage_html(const Report& report, bool compared) {
  std::string rows;
  for (const Compared& entry : report.coverage) {
    if (entry.compared == compared) {
      const std::string fact = line(entry.fact, kNameLimit);
      rows += fmt::format(
          "<li>{} <span class=\"quiet\">{}</span></li>\n",
          entry.failed ? fmt::format("<strong class=\"bad\">{}{}</strong>", mark(entry), fact)
                       : "<strong>" + fact + "</strong>",
          line(entry.detail, kDetailLimit));
    }
  }
  return fmt::format(
      "<div>\n<h3>{}</h3>\n{}</div>\n", compared ? "Compared" : "Not compared",
      rows.empty() ? "<p class=\"quiet\">Nothing.</p>\n" : "<ul>\n" + rows + "</ul>\n");
}

std::string difference_html(const Difference& difference) {
  const auto value = [](const std::string& text) {
    return text.empty() ? std::string("<i class=\"quiet\">none</i>")
                        : "<code>" + line(text, kNameLimit) + "</code>";
  };
  return fmt::format(
      "<li><strong>{}</strong>: {} → {}{}{}</li>\n", line(difference.what, kNameLimit),
      value(difference.before), value(difference.after),
      difference.explains == 0
          ? ""
          : fmt::format(" <strong>explains {}</strong>", counted(difference.explains, "finding")),
      difference.effect.empty()
          ? ""
          : "<p class=\"quiet\">" + line(difference.effect, kDetailLimit) + "</p>");
}

}  // namespace

std::string header_html(const Report& report) {
  const Verdict verdict = verdict_of(report);
  return fmt::format(
      "<header>\n<p class=\"kind\">What changed for programs between two kernels</p>\n"
      "<h1 class=\"{}\">{}</h1>\n<p class=\"meaning\">{}</p>\n{}{}</header>\n",
      verdict.tone, verdict.title, verdict.meaning, alarm_html(report), inputs_html(report));
}

std::string summary_html(const Report& report) {
  const Summary sum = report.summary();
  uint64_t wording = 0;
  for (const Finding& finding : report.findings) {
    wording += group_of(finding) == Group::wording ? 1 : 0;
  }
  std::string counts;
  for (const auto& [group, count] :
       {std::pair(Group::breaking, sum.breaking), std::pair(Group::review, sum.review),
        std::pair(Group::info, sum.info)}) {
    const bool words = group == Group::info && wording > 0;
    counts += count_html(count, info(group).id, info(group).id,
                         words ? number(wording) + " of them wording only" : "");
  }
  for (const auto& [count, title, more] :
       {std::tuple(sum.waived, "accepted", "do not count"),
        std::tuple(sum.known, "known", "by the baseline; do not count"),
        std::tuple(sum.consequences, "consequences", "told under their cause")}) {
    counts += count == 0 ? "" : count_html(count, "aside", title, more);
  }
  return "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n"
         "<ul class=\"counts\">\n" +
         counts + "</ul>\n<div class=\"facts2\">\n" + coverage_html(report, true) +
         coverage_html(report, false) + "</div>\n</section>\n";
}

std::string preflight_html(const Report& report) {
  if (report.preflight.empty()) {
    return {};
  }
  // Those that explain findings are what a reader must know; the rest can be looked up.
  std::vector<const Difference*> rows;
  for (const Difference& difference : report.preflight) {
    rows.push_back(&difference);
  }
  std::stable_partition(rows.begin(), rows.end(),
                        [](const Difference* row) { return row->explains > 0; });
  std::string open;
  std::string folded;
  for (size_t i = 0; i < std::min(rows.size(), kDifferenceLimit); i++) {
    (i < kDifferencesOpen ? open : folded) += difference_html(*rows[i]);
  }
  std::string out =
      "<section aria-labelledby=\"preflight\">\n"
      "<h2 id=\"preflight\">What the inputs differ in</h2>\n<ul class=\"differences\">\n" +
      open + "</ul>\n";
  if (!folded.empty()) {
    out += fmt::format("<details><summary>{} more</summary>\n<ul class=\"differences\">\n{}</ul>\n",
                       number(rows.size() - kDifferencesOpen), folded);
    if (rows.size() > kDifferenceLimit) {
      out += fmt::format("<p>{} left out; the json format has all.</p>\n",
                         number(rows.size() - kDifferenceLimit));
    }
    out += "</details>\n";
  }
  return out + "</section>\n";
}

}  // namespace kapi::html
