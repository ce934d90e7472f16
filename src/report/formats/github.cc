// SPDX-License-Identifier: GPL-2.0-only
// For a step of a GitHub workflow: commands on standard output that the runner turns into
// annotations. GitHub shows ten errors, ten warnings and ten notices of a step, and says nothing of
// the rest; so the most severe come first, and a notice names what has no annotation of its own.
// Every line is a command: in other lines the runner would look for commands too.
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/format.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

constexpr size_t kShown = 10;          // of each kind
constexpr size_t kNamed = 40;          // of those without an annotation, in the notice
constexpr size_t kSubjectLimit = 160;  // characters

// As the runner reads it back. A property ends at a comma, the properties at a colon.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\n' || c == '\r' || (property && (c == ':' || c == ','))) {
      out += fmt::format("%{:02X}", c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string command(std::string_view kind, std::string_view title, std::string_view message) {
  return fmt::format("::{} title={}::{}\n", kind, escaped(title, true), escaped(message, false));
}

std::string annotation(const Finding& finding, std::string_view kind) {
  const FindingText text = text_of(finding);
  std::string message = text.message;
  for (const std::string& line : text.lines) {
    message += "\n" + line;
  }
  message += fmt::format("\n{}, fingerprint {}", cut(finding.subject, kSubjectLimit),
                         cut(finding.fingerprint, kSubjectLimit));
  if (!text.evidence.empty()) {
    message += "\n" + text.evidence;
  }
  return command(kind,
                 fmt::format("{}: {}", name(finding.severity), cut(finding.rule, kSubjectLimit)),
                 message);
}

// What could not be read in full, in one annotation.
std::string failures(const Report& report) {
  std::string message;
  for (const Compared& entry : report.coverage) {
    if (entry.failed) {
      message += fmt::format("{}{}: {}", message.empty() ? "" : "\n",
                             cut(entry.fact, kSubjectLimit), cut(entry.detail, kSubjectLimit));
    }
  }
  return message.empty() ? message : command("error", "could not be compared in full", message);
}

std::string summary(const Report& report) {
  std::string message = summary_text(report);
  if (report.findings.empty()) {
    message += "\n" + conclusion_text(report);
  }
  size_t named = 0;
  for (const Difference& difference : report.preflight) {
    if (named++ == kNamed) {
      message += fmt::format("\nthe inputs differ in {} more", report.preflight.size() - kNamed);
      break;
    }
    message += "\nthe inputs differ in " + difference_text(difference);
  }
  return command("notice",
                 fmt::format("{} → {}", cut(source_text(report.old_source), kSubjectLimit),
                             cut(source_text(report.new_source), kSubjectLimit)),
                 message);
}

// Those that stand and have no annotation of their own.
class Rest {
 public:
  void add(const Finding& finding) {
    if (count_++ < kNamed) {
      lines_ += fmt::format("\n{}: {} [{}]", name(finding.severity),
                            cut(finding.subject, kSubjectLimit), cut(finding.rule, kSubjectLimit));
    }
  }
  std::string text() const {
    if (count_ == 0) {
      return {};
    }
    const std::string more = count_ > kNamed ? fmt::format("\nand {} more", count_ - kNamed) : "";
    return command("notice", counted(count_, "more finding"), lines_.substr(1) + more);
  }

 private:
  size_t count_ = 0;
  std::string lines_;
};

std::string findings_github(const Report& report, const FormatOptions& options) {
  const std::string failed = failures(report);
  std::string out = failed;
  Rest rest;
  size_t errors = failed.empty() ? 0 : 1;
  size_t warnings = 0;
  for (const Finding& finding : report.findings) {
    if (options.summary || !finding.stands() || (!options.words && is_wording(finding))) {
      continue;
    }
    if (finding.severity == Severity::breaking && errors++ < kShown) {
      out += annotation(finding, "error");
    } else if (finding.severity == Severity::review && warnings++ < kShown) {
      out += annotation(finding, "warning");
    } else {
      rest.add(finding);
    }
  }
  return out + rest.text() + summary(report);
}

}  // namespace

extern const Format format_github;
const Format format_github = {.name = "github", .findings = findings_github};

}  // namespace kapi
