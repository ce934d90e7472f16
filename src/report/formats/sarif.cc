// SPDX-License-Identifier: GPL-2.0-only
// For code scanning and for viewers of SARIF 2.1.0 logs: one run, one result for each finding. What
// has no result (what was not compared, how the inputs differ) is a notification of the invocation.
//
// There is no automationDetails: GitHub takes its id for the category of an upload, in place of the
// one that the workflow gives, and two comparisons would then replace each other. There is no exit
// code, which is decided after the reports are written, and no time: the same input, the same
// bytes.
#include "report/formats/sarif/sarif.h"

#include <algorithm>

#include "report/finding_text.h"
#include "report/format.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

struct Choice {
  std::vector<const Finding*> findings;
  size_t wording = 0;   // changes of wording, which would drown what a gate is for
  size_t left_out = 0;  // beyond the limit
};

// In order of the report. If there are too many, those that count come first.
Choice choose(const Report& report, const FormatOptions& options) {
  Choice choice;
  size_t standing = 0;
  std::vector<const Finding*> all;
  for (const Finding& finding : report.findings) {
    if (!options.words && is_wording(finding)) {
      choice.wording++;
      continue;
    }
    all.push_back(&finding);
    standing += finding.stands() ? 1 : 0;
  }
  size_t room[] = {sarif::kMaxResults - std::min(standing, sarif::kMaxResults),
                   sarif::kMaxResults};  // for those that do not count, for those that do
  for (const Finding* finding : all) {
    size_t& left = room[finding->stands() ? 1 : 0];
    if (left > 0) {
      left--;
      choice.findings.push_back(finding);
    }
  }
  choice.left_out = all.size() - choice.findings.size();
  return choice;
}

Json driver(const std::map<std::string, size_t>& rules) {
  Json descriptors = Json::array();
  for (const auto& [id, index] : rules) {
    descriptors.push_back(sarif::rule_descriptor(id));
  }
  return {{"name", "kapitool"},
          {"semanticVersion", version()},
          {"version", version()},
          {"shortDescription",
           sarif::message("What changed between two Linux kernels, and whether it can break a "
                          "program")},
          {"rules", std::move(descriptors)},
          {"notifications", sarif::notification_descriptors()}};
}

Json artifacts(const Report& report) {
  const auto artifact = [](Json location, const Source& source, std::string_view role) {
    return Json{
        {"location", std::move(location)},
        {"roles", {"analysisTarget"}},
        {"description", sarif::message(std::string(role) + cut(source_text(source), 1000))}};
  };
  return {artifact(sarif::new_location(report), report.new_source, "The new kernel: "),
          artifact(sarif::old_location(report), report.old_source, "The old kernel: ")};
}

std::string findings_sarif(const Report& report, const FormatOptions& options) {
  const Choice choice = choose(report, options);
  sarif::Run run{.report = report, .rules = {}};
  for (const Finding* finding : choice.findings) {
    run.rules.emplace(sarif::rule_id(*finding), 0);
    run.waived = run.waived || finding->waiver.has_value();
    run.known = run.known || finding->known;
  }
  size_t next = 0;
  for (auto& [id, index] : run.rules) {
    index = next++;
  }
  Json results = Json::array();
  for (const Finding* finding : choice.findings) {
    results.push_back(sarif::result(run, *finding));
  }
  const bool complete = std::none_of(report.coverage.begin(), report.coverage.end(),
                                     [](const Compared& entry) { return entry.failed; });
  const Json base = {{"description", sarif::message("The folder of the old kernel")}};
  const Json invocation = {{"executionSuccessful", complete},
                           {"toolExecutionNotifications",
                            sarif::notifications(report, choice.wording, choice.left_out)}};
  Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
              {"version", "2.1.0"},
              {"runs", Json::array({{{"tool", {{"driver", driver(run.rules)}}},
                                     {"invocations", Json::array({invocation})},
                                     {"originalUriBaseIds", {{"OLD", base}}},
                                     {"artifacts", artifacts(report)},
                                     {"columnKind", "utf16CodeUnits"}}})}};
  log["runs"][0]["results"] = std::move(results);
  return json_text(log);
}

}  // namespace

extern const Format format_sarif;
const Format format_sarif = {.name = "sarif", .findings = findings_sarif};

}  // namespace kapi
