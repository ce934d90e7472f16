// SPDX-License-Identifier: GPL-2.0-only
#include "report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "report/layout.h"

namespace kapi {
namespace {

// How much of a text one finding may take; the json format has all of it.
constexpr size_t kMessageLimit = 240;
constexpr size_t kValueLimit = 90;
constexpr size_t kEvidenceLimit = 160;
// Consequences told by name under their finding.
constexpr size_t kConsequenceLimit = 4;

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

std::vector<std::string> consequence_texts(const Finding& finding) {
  std::vector<std::string> texts;
  for (const Consequence& consequence : finding.consequences) {
    if (texts.size() == kConsequenceLimit) {
      texts.push_back(
          fmt::format("with it: and {} more", finding.consequences.size() - texts.size()));
      break;
    }
    texts.push_back(fmt::format("with it: {}  [{}] {}", cut(consequence.subject, kValueLimit),
                                cut(consequence.rule, kValueLimit),
                                cut(consequence.fingerprint, kValueLimit)));
  }
  return texts;
}

}  // namespace

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

bool is_wording(const Finding& finding) {
  return finding.rule == "words-changed" && finding.severity == Severity::info;
}

std::string_view meaning_of(Severity severity) {
  switch (severity) {
    case Severity::breaking:
      return "a program that kept to the old contract can now fail";
    case Severity::review:
      return "may break a program; a person must look";
    case Severity::info:
      return "compatible";
  }
  return {};
}

std::string standing_text(const Finding& finding) {
  if (finding.waiver) {
    const Waiver& waiver = *finding.waiver;
    return fmt::format("accepted: {} ({}{})", cut(waiver.reason, kMessageLimit),
                       cut(waiver.place, kValueLimit),
                       waiver.expires.empty() ? "" : ", until " + cut(waiver.expires, kValueLimit));
  }
  return finding.cause.empty() ? std::string() : "explained by " + cut(finding.cause, kValueLimit);
}

FindingText text_of(Finding finding) {
  for (std::string* text : {&finding.message, &finding.before, &finding.after}) {
    *text = open_ended(std::move(*text));
  }
  FindingText text;
  text.message = cut(finding.message, kMessageLimit);
  for (std::string line :
       {joined({change_text(finding), witness_text(finding)}, "; "), standing_text(finding)}) {
    if (!line.empty()) {
      text.lines.push_back(std::move(line));
    }
  }
  for (std::string& line : consequence_texts(finding)) {
    text.lines.push_back(std::move(line));
  }
  text.evidence = cut(finding.evidence, kEvidenceLimit);
  return text;
}

std::string difference_text(const Difference& difference) {
  const auto value = [](const std::string& text) {
    return text.empty() ? std::string("none") : cut(text, kValueLimit);
  };
  return fmt::format("{}: {} → {}{}", cut(difference.what, kValueLimit), value(difference.before),
                     value(difference.after),
                     difference.explains == 0
                         ? ""
                         : fmt::format("; explains {}", counted(difference.explains, "finding")));
}

std::string facts_text(const Report& report, bool compared) {
  std::vector<std::string> names;
  for (const Compared& entry : report.coverage) {
    if (entry.compared == compared) {
      names.push_back(cut(entry.fact, kValueLimit) +
                      (entry.failed ? compared ? " (incomplete)" : " (failed)" : ""));
    }
  }
  return names.empty() ? "nothing" : joined(names);
}

std::string counts_text(const Summary& summary) {
  std::string text = fmt::format("{} breaking, {} review, {} info", summary.breaking,
                                 summary.review, summary.info);
  for (const auto& [count, what] :
       {std::pair(summary.waived, "accepted"), std::pair(summary.known, "known")}) {
    text += count == 0 ? "" : fmt::format(", {} {}", count, what);
  }
  return text;
}

std::string summary_text(const Report& report) {
  return fmt::format("{}; compared: {}; not compared: {}", counts_text(report.summary()),
                     facts_text(report, true), facts_text(report, false));
}

std::string conclusion_text(const Report& report) {
  const auto any = [&](auto&& test) {
    return std::any_of(report.coverage.begin(), report.coverage.end(), test);
  };
  if (!any([](const Compared& entry) { return entry.compared; })) {
    return "Nothing was compared, so nothing can be concluded.";
  }
  if (any([](const Compared& entry) { return entry.failed; })) {
    return "No difference found, but not everything could be read.";
  }
  if (any([](const Compared& entry) { return entry.fact == "policy"; })) {
    return "No finding is left: the policy leaves out what was found.";
  }
  // Whether the configuration differs is no part of it: the preflight says that.
  std::vector<std::string> names;
  for (const Compared& entry : report.coverage) {
    if (entry.compared && entry.fact != "config") {
      names.push_back(cut(entry.fact, kValueLimit));
    }
  }
  return "Unchanged: " + joined(names) + ".";
}

}  // namespace kapi
