// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hostile.h"

using namespace kapi;
using nlohmann::json;

namespace {

json issues_of(const Report& report, const FormatOptions& options = {}) {
  return json::parse(find_format("gitlab")->findings(report, options));
}

}  // namespace

TEST_CASE("gitlab: an issue for each finding, and one for what was compared and what was not") {
  const json issues = issues_of(sample_report());
  REQUIRE(issues.size() == 3);
  const json expected = {
      {"description",
       "accepts less than it did; mask 0x7f → mask 0x3f; for example 0x40 (O_CREAT)"},
      {"check_name", "param-constraint-tightened"},
      {"fingerprint", "00000000000000aa"},
      {"severity", "critical"},
      {"location", {{"path", "new.elf"}, {"lines", {{"begin", 1}}}}}};
  CHECK(issues[0] == expected);
  CHECK(issues[1]["severity"] == "major");
  CHECK(issues[2]["severity"] == "info");
  CHECK(issues[2]["description"] == "Compared: specs. Not compared: syscalls/x86_64.");
  CHECK(issues_of(sample_report(), {.words = true})[2]["severity"] == "info");
}

TEST_CASE("gitlab: only what counts is an issue") {
  const json issues = issues_of(settled_report());
  REQUIRE(issues.size() == 2);
  CHECK(issues[0]["check_name"] == "syscall-removed");
  CHECK(has(issues[0]["description"], "; explained by CONFIG_AIO: y → n; with it: sys_io_submit"));
}

TEST_CASE("gitlab: what could not be read is an issue of its own") {
  Report report = sample_report();
  report.findings.clear();
  CHECK(issues_of(report).size() == 1);
  report.coverage[1].failed = true;
  const json issues = issues_of(report);
  REQUIRE(issues.size() == 2);
  CHECK(issues[0]["severity"] == "critical");
  CHECK(issues[0]["check_name"] == "not-compared");
  CHECK(issues[0]["description"] ==
        "syscalls/x86_64 could not be compared in full: no table in either");
}

TEST_CASE("gitlab: issues are JSON of bounded size, whatever they hold") {
  for (const std::string& text : hostile_texts()) {
    const std::string out = find_format("gitlab")->findings(hostile_report(text), {.words = true});
    CHECK(is_utf8(out));
    CHECK(out.size() < 100 * 1024);
    const json issues = json::parse(out);
    CHECK(issues.size() == 5);
    for (const json& issue : issues) {
      CHECK_FALSE(issue["location"]["path"].get<std::string>().empty());
      CHECK_FALSE(issue["check_name"].is_null());
    }
  }
}
