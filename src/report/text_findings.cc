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

// Consequences told by name under their finding; the json format has all of them.
constexpr size_t kConsequenceLimit = 4;

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

// How a finding does not count, or what explains it.
std::string standing_text(const Finding& finding) {
  if (finding.waiver) {
    const Waiver& waiver = *finding.waiver;
    return fmt::format("accepted: {} ({}{})", cut(waiver.reason, kMessageLimit),
                       one_line(waiver.place),
                       waiver.expires.empty() ? "" : ", until " + one_line(waiver.expires));
  }
  return finding.cause.empty() ? std::string() : "explained by " + cut(finding.cause, kValueLimit);
}

std::string consequences_text(const Finding& finding) {
  std::string out;
  for (size_t i = 0; i < finding.consequences.size(); i++) {
    if (i == kConsequenceLimit) {
      return out + fmt::format("    with it: and {} more\n", finding.consequences.size() - i);
    }
    const Consequence& consequence = finding.consequences[i];
    out += fmt::format("    with it: {}  [{}] {}\n", cut(consequence.subject, kValueLimit),
                       one_line(consequence.rule), consequence.fingerprint);
  }
  return out;
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
  for (const std::string& line : {detail, standing_text(finding)}) {
    out += line.empty() ? "" : "    " + line + "\n";
  }
  out += consequences_text(finding);
  const std::string where = joined({finding.fingerprint, cut(finding.evidence, kEvidenceLimit)});
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
  return fmt::format("{}: {}\n{}\n", painted(title, group.style, options.colour), group.meaning,
                     body);
}

// What does not count, with the reason it was accepted for.
std::string waived_text(const Report& report, const FormatOptions& options) {
  constexpr Group kWaived = {Severity::info, "ACCEPTED", "by a waiver; does not count", Style::dim};
  std::string body;
  for (const Finding& finding : report.findings) {
    if (finding.waiver) {
      body += finding_text(finding, kWaived, options.colour);
    }
  }
  const Summary sum = report.summary();
  std::string out;
  if (sum.waived > 0) {
    out += fmt::format("{} ({}): {}\n{}\n", kWaived.title, sum.waived, kWaived.meaning, body);
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
    const auto value = [](const std::string& text) {
      return text.empty() ? std::string("none") : cut(text, kValueLimit);
    };
    out += fmt::format("  {}: {} → {}{}\n", one_line(difference.what), value(difference.before),
                       value(difference.after),
                       difference.explains == 0
                           ? ""
                           : fmt::format("; explains {}", counted(difference.explains, "finding")));
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
  const Summary sum = report.summary();
  std::string counts =
      fmt::format("{} breaking, {} review, {} info", sum.breaking, sum.review, sum.info);
  for (const auto& [count, what] :
       {std::pair(sum.waived, "accepted"), std::pair(sum.known, "known")}) {
    counts += count == 0 ? "" : fmt::format(", {} {}", count, what);
  }
  const std::string last = fmt::format("{}; compared: {}; not compared: {}\n", counts,
                                       facts(report, true), facts(report, false));
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
    out += silence_text(report);
  }
  out += coverage_text(report, true, options.colour);
  out += coverage_text(report, false, options.colour);
  return out + "\n" + last;
}

}  // namespace kapi
