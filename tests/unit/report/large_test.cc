// SPDX-License-Identifier: GPL-2.0-only
// A report of 100,000 findings in each format, within the limits of whoever reads it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hostile.h"

using namespace kapi;
using nlohmann::json;

TEST_CASE("100,000 findings: each format keeps to its limit and says what it leaves out") {
  constexpr size_t kMany = 100000;
  const Report report = large_report(kMany);
  const auto written = [&](const char* format) {
    return find_format(format)->findings(report, {});
  };

  const json run = json::parse(written("sarif"))["runs"][0];
  CHECK(run["results"].size() == 25000);  // a quarter: all that is breaking
  CHECK(run["results"].back()["level"] == "error");
  const json& notification = run["invocations"][0]["toolExecutionNotifications"].back();
  CHECK(notification["level"] == "warning");
  CHECK(notification["message"]["text"].get<std::string>().starts_with("75000 findings not shown"));

  const std::string junit = written("junit");
  CHECK(junit.size() < 30 * 1000 * 1000);
  const size_t shown = occurrences(junit, "classname=\"kapitool.param-constraint-tightened\"");
  CHECK(shown > kMany / 2);
  CHECK(has(junit, "<error type=\"incomplete\" message=\"" + std::to_string(kMany - shown) +
                       " findings not shown"));

  CHECK(json::parse(written("gitlab")).size() == kMany + 1);
  CHECK(written("markdown").size() < 60 * 1024);
  CHECK(occurrences(written("github"), "\n") == 22);
}

TEST_CASE("sarif: what counts is chosen before what does not, and the order stays") {
  Report report = large_report(40000);
  for (size_t i = 0; i < 30000; i++) {
    report.findings[i].known = true;
  }
  const json results =
      json::parse(find_format("sarif")->findings(report, {}))["runs"][0]["results"];
  REQUIRE(results.size() == 25000);
  CHECK(results[14999]["baselineState"] == "unchanged");
  CHECK(results[15000]["baselineState"] == "new");
  CHECK(results.back()["locations"][0]["logicalLocations"][0]["name"] == "flags");
  CHECK(results.back()["partialFingerprints"]["kapitool/v1"] == "0000000001039999");
}
