// SPDX-License-Identifier: GPL-2.0-only
// For Jenkins, GitLab and whatever else shows the results of tests. The dialect is what both read:
// testsuites, testsuite with its counts, testcase with classname and name, and in it failure,
// error, skipped or system-out.
//
// What was compared is a test, and each finding is one. A test passes only if something was
// compared and nothing is to be done: a finding of a severity that fails the run is a failure; one
// that a person must look at, or that does not count, is skipped, with the reason; one that is
// compatible passes. What was not compared is skipped, and what could not be read is an error.
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/format.h"
#include "report/formats/junit/suite.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

using junit::Suite;

constexpr size_t kMaxBytes = 25 * 1024 * 1024;  // GitLab reads no file of more than 30 MB
constexpr size_t kNameLimit = 200;              // characters
constexpr size_t kDetailLimit = 1000;

Suite coverage_suite(const Report& report) {
  Suite suite("compared");
  for (const Compared& entry : report.coverage) {
    const std::string fact = cut(entry.fact, kNameLimit);
    const std::string detail = cut(entry.detail, kDetailLimit);
    if (entry.failed) {
      suite.error("compared", fact, "could not be compared in full: " + detail);
    } else if (entry.compared) {
      suite.pass("compared", fact, detail);
    } else {
      suite.skip("compared", fact, "not compared: " + detail, {});
    }
  }
  return suite;
}

void add_finding(Suite& suite, const Finding& finding, const FormatOptions& options) {
  const FindingText text = text_of(finding);
  const std::string rule = cut(finding.rule, kNameLimit);
  const std::string subject = cut(finding.subject, kNameLimit);
  std::string detail;
  for (const std::string& line : text.lines) {
    detail += line + "\n";
  }
  detail += fmt::format("{}, fingerprint {}\n", name(finding.severity),
                        cut(finding.fingerprint, kNameLimit));
  detail += text.evidence.empty() ? "" : text.evidence + "\n";
  if (finding.known) {
    suite.skip(rule, subject, "known: the baseline holds it; " + text.message, detail);
  } else if (finding.waiver) {
    suite.skip(rule, subject, standing_text(finding) + "; " + text.message, detail);
  } else if (options.fail_on && finding.severity >= *options.fail_on) {
    suite.fail(rule, subject, name(finding.severity), text.message, detail);
  } else if (finding.severity == Severity::info) {
    suite.pass(rule, subject, text.message + "\n" + detail);
  } else {
    suite.skip(rule, subject, fmt::format("{}: {}", name(finding.severity), text.message), detail);
  }
}

Suite findings_suite(const Report& report, const FormatOptions& options) {
  Suite suite("findings");
  size_t wording = 0;
  size_t left_out = 0;
  for (const Finding& finding : report.findings) {
    if (!options.words && is_wording(finding)) {
      wording++;
    } else if (suite.size() >= kMaxBytes) {
      left_out++;
    } else {
      add_finding(suite, finding, options);
    }
  }
  if (wording > 0) {
    suite.skip("report", "changes of wording",
               fmt::format("{} not shown; --words shows {}", counted(wording, "change"),
                           wording == 1 ? "it" : "them"),
               {});
  }
  if (left_out > 0) {
    suite.error("report", "findings left out",
                fmt::format("{} not shown, none more severe than these: GitLab reads no larger "
                            "file; the json format has all",
                            counted(left_out, "finding")));
  }
  return suite;
}

std::string findings_junit(const Report& report, const FormatOptions& options) {
  std::vector<junit::Property> properties = {
      {"kapitool", std::string(version())},
      {"old", cut(source_text(report.old_source), kDetailLimit)},
      {"new", cut(source_text(report.new_source), kDetailLimit)}};
  for (const Difference& difference : report.preflight) {
    properties.push_back({"inputs differ", difference_text(difference)});
  }
  return junit::document("kapitool diff", properties,
                         {coverage_suite(report), findings_suite(report, options)});
}

}  // namespace

extern const Format format_junit;
const Format format_junit = {.name = "junit", .findings = findings_junit};

}  // namespace kapi
