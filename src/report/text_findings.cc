// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

// How much of a text one finding may take; the json format has all of it.
constexpr size_t kMessageLimit = 240;
constexpr size_t kValueLimit = 90;
constexpr size_t kEvidenceLimit = 160;

struct Group {
  Severity severity;
  std::string_view title;
  std::string_view meaning;
  Style style;
};
constexpr Group kGroups[] = {
    {Severity::breaking, "BREAKING", "a program that kept to the old contract can now fail",
     Style::red},
    {Severity::review, "REVIEW", "may break a program; a person must look", Style::yellow},
    {Severity::info, "INFO", "compatible", Style::bold},
};

bool is_wording(const Finding& finding) {
  return finding.rule == "words-changed" && finding.severity == Severity::info;
}

// Whether the message says it already, as words of its own; nothing is always said.
bool says(std::string_view message, std::string_view what) {
  if (what.empty()) {
    return true;
  }
  const auto in_word = [&](size_t at) {
    return at < message.size() && (std::isalnum(static_cast<unsigned char>(message[at])) != 0);
  };
  for (size_t at = message.find(what); at != message.npos; at = message.find(what, at + 1)) {
    if ((at == 0 || !in_word(at - 1)) && !in_word(at + what.size())) {
      return true;
    }
  }
  return false;
}

// As a person writes it: the ends of 64 bits are no bounds.
std::string open_ended(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> kEnds[] = {
      {"range -9223372036854775808..9223372036854775807", "any value"},
      {"-9223372036854775808..", ".."},
      {"..9223372036854775807", ".."},
  };
  for (const auto& [written, read] : kEnds) {
    for (size_t at = text.find(written); at != text.npos; at = text.find(written, at)) {
      text.replace(at, written.size(), read);
    }
  }
  return text;
}

std::string change_text(const Finding& finding) {
  if (says(finding.message, finding.before) && says(finding.message, finding.after)) {
    return {};
  }
  if (finding.before.empty()) {
    return "now " + cut(finding.after, 2 * kValueLimit);
  }
  if (finding.after.empty()) {
    return "was " + cut(finding.before, 2 * kValueLimit);
  }
  const auto [before, after] = cut_pair(finding.before, finding.after, kValueLimit);
  return before + " → " + after;
}

std::string witness_text(const Finding& finding) {
  return says(finding.message, finding.witness)
             ? std::string()
             : "for example " + cut(finding.witness, kValueLimit);
}

std::string finding_text(Finding finding, const Group& group, bool colour) {
  for (std::string* text : {&finding.message, &finding.before, &finding.after}) {
    *text = open_ended(std::move(*text));
  }
  std::string out =
      fmt::format("  {}  {}\n    {}\n", painted(one_line(finding.subject), group.style, colour),
                  painted("[" + one_line(finding.rule) + "]", Style::dim, colour),
                  cut(finding.message, kMessageLimit));
  const std::string detail = joined({change_text(finding), witness_text(finding)}, "; ");
  if (!detail.empty()) {
    out += "    " + detail + "\n";
  }
  const std::string where = joined({finding.fingerprint, cut(finding.evidence, kEvidenceLimit)});
  return out + "    " + painted(where, Style::dim, colour) + "\n";
}

std::string group_text(const Report& report, const Group& group, const FormatOptions& options) {
  std::string body;
  size_t hidden = 0;
  for (const Finding& finding : report.findings) {
    if (finding.severity != group.severity) {
      continue;
    }
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
  const std::string title = fmt::format("{} ({})", group.title, report.count(group.severity));
  return fmt::format("{}: {}\n{}\n", painted(title, group.style, options.colour), group.meaning,
                     body);
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

std::string facts(const Report& report, bool compared) {
  std::vector<std::string> names;
  for (const Compared& entry : report.coverage) {
    if (entry.compared == compared) {
      names.push_back(one_line(entry.fact) +
                      (entry.failed ? compared ? " (incomplete)" : " (failed)" : ""));
    }
  }
  return names.empty() ? "nothing" : joined(names);
}

// What may be concluded from a report without findings.
std::string silence_text(const Report& report) {
  const auto any = [&](auto&& test) {
    return std::any_of(report.coverage.begin(), report.coverage.end(), test);
  };
  if (!any([](const Compared& entry) { return entry.compared; })) {
    return "Nothing was compared, so nothing can be concluded.\n\n";
  }
  if (any([](const Compared& entry) { return entry.failed; })) {
    return "No difference found, but not everything could be read: see FAILED and INCOMPLETE.\n\n";
  }
  return "Unchanged: " + facts(report, true) + ".\n\n";
}

}  // namespace

std::string findings_text(const Report& report, const FormatOptions& options) {
  std::string out = "old  " + source_text(report.old_source) + "\n" + "new  " +
                    source_text(report.new_source) + "\n\n";
  for (const Group& group : kGroups) {
    out += group_text(report, group, options);
  }
  if (report.findings.empty()) {
    out += silence_text(report);
  }
  out += coverage_text(report, true, options.colour);
  out += coverage_text(report, false, options.colour);
  const Summary sum = report.summary();
  return out + fmt::format("\n{} breaking, {} review, {} info; compared: {}; not compared: {}\n",
                           sum.breaking, sum.review, sum.info, facts(report, true),
                           facts(report, false));
}

}  // namespace kapi
