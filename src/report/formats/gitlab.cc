// SPDX-License-Identifier: GPL-2.0-only
// For GitLab's code quality widget: a JSON array in which each finding that counts is an issue. The
// widget knows nothing else, so what was compared and what was not are issues too: without them an
// image that could not be read would look like one without changes.
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/format.h"
#include "report/formats/json/json.h"
#include "report/layout.h"

namespace kapi {
namespace {

constexpr size_t kNameLimit = 200;  // characters, of what is short unless it is hostile
constexpr size_t kDetailLimit = 1000;

std::string_view severity_of(Severity severity) {
  return severity == Severity::breaking ? "critical"
         : severity == Severity::review ? "major"
                                        : "info";
}

// One issue. GitLab shows one of those that share a fingerprint, and compares them with the target
// branch's by it.
std::string issue(const Report& report, const std::string& rule, std::string_view severity,
                  const std::string& fingerprint, const std::string& description) {
  const std::string file = cut(report.new_source.file, kNameLimit);
  const Json json = {
      {"description", description},
      {"check_name", rule},
      {"fingerprint", fingerprint},
      {"severity", severity},
      {"location", {{"path", file.empty() ? "kernel" : file}, {"lines", {{"begin", 1}}}}}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string issue(const Report& report, const Finding& finding) {
  const FindingText text = text_of(finding);
  std::string description = text.message;
  for (const std::string& line : text.lines) {
    description += "; " + line;
  }
  return issue(report, cut(finding.rule, kNameLimit), severity_of(finding.severity),
               cut(finding.fingerprint, kNameLimit), description);
}

std::string coverage_issue(const Report& report) {
  const std::string text = fmt::format("Compared: {}. Not compared: {}.", facts_text(report, true),
                                       facts_text(report, false));
  return issue(report, "compared", "info", fmt::format("{:016x}", fnv1a64(text)), text);
}

std::string failure_issue(const Report& report, const Compared& entry) {
  const std::string text =
      fmt::format("{} could not be compared in full: {}", cut(entry.fact, kNameLimit),
                  cut(entry.detail, kDetailLimit));
  return issue(report, "not-compared", severity_of(Severity::breaking),
               fmt::format("{:016x}", fnv1a64(text)), text);
}

std::string findings_gitlab(const Report& report, const FormatOptions& options) {
  std::string out = "[\n";
  for (const Compared& entry : report.coverage) {
    if (entry.failed) {
      out += failure_issue(report, entry) + ",\n";
    }
  }
  for (const Finding& finding : report.findings) {
    if (finding.stands() && (options.words || !is_wording(finding))) {
      out += issue(report, finding) + ",\n";
    }
  }
  return out + coverage_issue(report) + "\n]\n";
}

}  // namespace

extern const Format format_gitlab;
const Format format_gitlab = {.name = "gitlab", .findings = findings_gitlab};

}  // namespace kapi
