// SPDX-License-Identifier: GPL-2.0-only
// Reports as they were written: what is read of them, and what is no report.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "kapi/policy.h"

namespace kapi {
namespace {

std::vector<ReportedFinding> read(const std::string& text) {
  std::vector<ReportedFinding> all;
  std::istringstream stream(text);
  read_report(stream, "r.json", [&](const ReportedFinding& finding) { all.push_back(finding); });
  return all;
}

const std::string kReport = R"({
  "schema": 1, "old": {"findings": [1]}, "summary": {"breaking": 1},
  "findings": [
    {"rule": "error-removed", "severity": "breaking", "subject": "sys_open/errors/EIO",
     "fingerprint": "00000000000000aa", "message": "m", "waiver": {"reason": "r", "rule": "no"},
     "consequences": [
       {"rule": "error-added", "subject": "s", "fingerprint": "00000000000000bb"},
       {"rule": "error-added", "subject": "t", "fingerprint": "00000000000000cc"}]},
    {"subject": "u", "rule": "api-removed", "fingerprint": "00000000000000dd", "known": true}
  ]
})";

TEST_CASE("findings and their consequences are read") {
  const auto all = read(kReport);
  REQUIRE(all.size() == 2);
  CHECK(all[0].fingerprint == "00000000000000aa");
  CHECK(all[0].rule == "error-removed");
  CHECK(all[0].subject == "sys_open/errors/EIO");
  REQUIRE(all[0].consequences.size() == 2);
  CHECK(all[0].consequences[1].fingerprint == "00000000000000cc");
  CHECK(all[0].consequences[1].subject == "t");
  CHECK(all[1].fingerprint == "00000000000000dd");
  CHECK(all[1].consequences.empty());
  CHECK(read(R"({"findings": [], "schema": 1})").empty());
}

TEST_CASE("what is no report is refused") {
  const std::string finding = R"("rule": "r", "fingerprint": "00000000000000aa")";
  for (const auto& wrong : std::vector<std::pair<std::string, std::string>>{
           {"", "not JSON, or cut short"},
           {"[]", "which is an object"},
           {"1", "which is an object"},
           {"\"text\"", "which is an object"},
           {"null", "which is an object"},
           {"{}", "no member \"schema\""},
           {R"({"schema": 1})", "no member \"findings\""},
           {R"({"findings": []})", "no member \"schema\""},
           {R"({"schema": 1, "apis": []})", "no member \"findings\""},
           {R"({"schema": 2, "findings": []})", "schema version 2"},
           {R"({"schema": 18446744073709551615, "findings": []})", "schema version"},
           {R"({"schema": -1, "findings": []})", "schema version -1"},
           {R"({"schema": "1", "findings": []})", "\"schema\" is no number"},
           {R"({"schema": [], "findings": []})", "\"schema\" is no number"},
           {R"({"schema": 1, "findings": {}})", "\"findings\" is no list"},
           {R"({"schema": 1, "findings": null})", "\"findings\" is no list"},
           {R"({"schema": 1, "findings": ["x"]})", "a finding is an object"},
           {R"({"schema": 1, "findings": [[]]})", "a finding is an object"},
           {R"({"schema": 1, "findings": [{}]})", "without a fingerprint"},
           {R"({"schema": 1, "findings": [{"fingerprint": "00000000000000aa"}]})",
            "without a rule"},
           {R"({"schema": 1, "findings": [{"rule": "r", "fingerprint": "aa"}]})",
            "without a fingerprint"},
           {R"({"schema": 1, "findings": [{"rule": 1}]})", "\"rule\" is no string"},
           {R"({"schema": 1, "findings": [{"rule": {}}]})", "\"rule\" is no string"},
           {R"({"schema": 1, "findings": [{"rule": "r", "rule": "r"}]})", "there twice"},
           {R"({"schema": 1, "findings": [{)" + finding + R"(, "consequences": [{}]}]})",
            "without a fingerprint"},
           {R"({"schema": 1, "findings": [{)" + finding + R"(, "consequences": [1]}]})",
            "a finding is an object"},
           {kReport + "x", "not JSON, or cut short"},
           {"{\"a\": " + std::string(100000, '['), "nested more than"}}) {
    const std::string& text = wrong.first;
    CAPTURE(text.substr(0, 100));
    std::string message;
    try {
      read(text);
    } catch (const InputError& error) {
      message = error.what();
    }
    CHECK(message.find(wrong.second) != std::string::npos);
    CHECK(message.find("r.json") != std::string::npos);
  }
}

TEST_CASE("a report that was cut short anywhere is refused") {
  for (size_t size = 0; size < kReport.size(); size++) {
    CHECK_THROWS_AS(read(kReport.substr(0, size)), InputError);
  }
}

TEST_CASE("what a baseline holds is known, in whatever place it stood") {
  Report report;
  for (const char* fingerprint :
       {"00000000000000aa", "00000000000000cc", "00000000000000dd", "00000000000000ee"}) {
    Finding finding;
    finding.fingerprint = fingerprint;
    report.findings.push_back(finding);
  }
  std::istringstream stream(kReport);
  apply_baseline(report, stream, "r.json");
  CHECK(report.findings[0].known);
  CHECK(report.findings[1].known);
  CHECK(report.findings[2].known);
  CHECK_FALSE(report.findings[3].known);
  CHECK(report.summary().known == 3);

  Report untouched;
  untouched.findings.resize(1);
  untouched.findings[0].fingerprint = "00000000000000aa";
  std::istringstream cut(kReport.substr(0, kReport.size() - 2));
  CHECK_THROWS_AS(apply_baseline(untouched, cut, "r.json"), InputError);
  CHECK_FALSE(untouched.findings[0].known);
}

}  // namespace
}  // namespace kapi
