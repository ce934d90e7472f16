// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

constexpr size_t kMessageLimit = 240;

struct Group {
  Severity severity;
  std::string_view title;
  Style style;
};
constexpr Group kGroups[] = {
    {Severity::breaking, "BREAKING", Style::red},
    {Severity::review, "REVIEW", Style::yellow},
    {Severity::info, "INFO", Style::bold},
};

std::string finding_text(const Finding& finding, const Group& group, bool colour) {
  const FindingText text = text_of(finding);
  std::string out =
      fmt::format("  {}  {}\n    {}\n", painted(one_line(finding.subject), group.style, colour),
                  painted("[" + one_line(finding.rule) + "]", Style::dim, colour), text.message);
  for (const std::string& line : text.lines) {
    out += "    " + line + "\n";
  }
  const std::string where = joined({finding.fingerprint, text.evidence});
  return out + "    " + painted(where, Style::dim, colour) + "\n";
}

std::string group_text(const Report& report, const Group& group, const FormatOptions& options) {
  std::string body;
  size_t count = 0;
  size_t hidden = 0;
  for (const Finding& finding : report.findings) {
    if (finding.severity != group.severity || !finding.stands()) {
      continue;
    }
    count++;
    if (!options.words && is_wording(finding)) {
      hidden++;
    } else {
      body += finding_text(finding, group, options.colour);
    }
  }
  if (hidden > 0) {
    body += fmt::format("  {} of wording hidden; --words shows {}\n", counted(hidden, "change"),
                        hidden == 1 ? "it" : "them");
  }
  if (body.empty()) {
    return {};
  }
  const std::string title = fmt::format("{} ({})", group.title, count);
  return fmt::format("{}: {}\n{}\n", painted(title, group.style, options.colour),
                     meaning_of(group.severity), body);
}

// What does not count, with the reason it was accepted for.
std::string waived_text(const Report& report, const FormatOptions& options) {
  constexpr Group kWaived = {Severity::info, "ACCEPTED", Style::dim};
  std::string body;
  for (const Finding& finding : report.findings) {
    if (finding.waiver) {
      body += finding_text(finding, kWaived, options.colour);
    }
  }
  const Summary sum = report.summary();
  std::string out;
  if (sum.waived > 0) {
    out +=
        fmt::format("{} ({}): by a waiver; does not count\n{}\n", kWaived.title, sum.waived, body);
  }
  if (sum.known > 0) {
    out += fmt::format("{} that the baseline holds {} not shown and do not count.\n\n",
                       counted(sum.known, "finding"), sum.known == 1 ? "is" : "are");
  }
  return out;
}

// What the inputs differ in themselves: read before the findings, it may explain them.
std::string preflight_text(const Report& report) {
  std::string out;
  for (const Difference& difference : report.preflight) {
    out += "  " + difference_text(difference) + "\n";
    if (!difference.effect.empty()) {
      out += "    " + cut(difference.effect, kMessageLimit) + "\n";
    }
  }
  return out.empty() ? out : "the inputs differ in\n" + out + "\n";
}

std::string coverage_text(const Report& report, bool compared, bool colour) {
  std::vector<size_t> lengths;
  lengths.reserve(report.coverage.size());
  for (const Compared& entry : report.coverage) {
    lengths.push_back(entry.fact.size());
  }
  const size_t width = column_width(lengths);
  std::string out;
  for (const Compared& entry : report.coverage) {
    if (entry.compared == compared) {
      const std::string mark =
          entry.failed ? painted(compared ? "INCOMPLETE " : "FAILED ", Style::red, colour) : "";
      out += fmt::format("  {:<{}}  {}{}\n", one_line(entry.fact), width, mark,
                         one_line(entry.detail));
    }
  }
  return out.empty() ? out : (compared ? "compared\n" : "not compared\n") + out;
}

}  // namespace

std::string findings_text(const Report& report, const FormatOptions& options) {
  std::string last = summary_text(report) + "\n";
  if (options.summary) {
    return last;
  }
  std::string out = "old  " + source_text(report.old_source) + "\n" + "new  " +
                    source_text(report.new_source) + "\n\n" + preflight_text(report);
  for (const Group& group : kGroups) {
    out += group_text(report, group, options);
  }
  out += waived_text(report, options);
  if (report.findings.empty()) {
    out += conclusion_text(report) + "\n\n";
  }
  out += coverage_text(report, true, options.colour);
  out += coverage_text(report, false, options.colour);
  return out + "\n" + last;
}

}  // namespace kapi
