// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hostile.h"

using namespace kapi;
using nlohmann::json;

namespace {

json run_of(const Report& report, const FormatOptions& options = {}) {
  return json::parse(find_format("sarif")->findings(report, options)).at("runs").at(0);
}

std::vector<std::string> notified(const json& run, const std::string& id) {
  std::vector<std::string> texts;
  for (const json& notification : run["invocations"][0]["toolExecutionNotifications"]) {
    const json& descriptor = notification["descriptor"];
    CHECK(run["tool"]["driver"]["notifications"][descriptor["index"].get<size_t>()]["id"] ==
          descriptor["id"]);
    if (descriptor["id"] == id) {
      texts.push_back(notification["message"]["text"]);
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("sarif: a finding is a result with a rule, a place and a fingerprint") {
  const json run = run_of(sample_report());
  CHECK(run["tool"]["driver"]["version"] == std::string(version()));
  REQUIRE(run["results"].size() == 2);
  const json& result = run["results"][0];
  CHECK(result["ruleId"] == "param-constraint-tightened");
  CHECK(result["level"] == "error");
  CHECK(run["results"][1]["level"] == "warning");
  CHECK(result["message"]["text"] ==
        "accepts less than it did.\nmask 0x7f → mask 0x3f; for example 0x40 (O_CREAT).");
  const json& location = result["locations"][0];
  CHECK(location["physicalLocation"]["artifactLocation"]["uri"] == "new.elf");
  CHECK(location["physicalLocation"]["region"]["startLine"] == 1);
  CHECK(location["logicalLocations"][0]["fullyQualifiedName"] == "sys_open/params/flags");
  CHECK(location["logicalLocations"][0]["kind"] == "parameter");
  CHECK(result["partialFingerprints"]["kapitool/v1"] == "00000000000000aa");
  CHECK(result["partialFingerprints"]["primaryLocationLineHash"] == "00000000000000aa:1");
  CHECK(result["properties"]["witness"] == "0x40 (O_CREAT)");
  CHECK_FALSE(result.contains("suppressions"));
  CHECK_FALSE(result.contains("baselineState"));
  const json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<size_t>()];
  CHECK(rule["id"] == "param-constraint-tightened");
  CHECK(rule["name"] == "ParamConstraintTightened");
  CHECK(has(rule["help"]["markdown"], "## What to do"));
}

TEST_CASE("sarif: rules are there once, in order, and each result finds its own") {
  Report report = sample_report();
  report.findings[1].rule = "api-removed";
  report.findings.push_back(report.findings[0]);
  report.findings.push_back(report.findings[1]);
  report.findings.back().rule = "of-a-later-version";
  const json run = run_of(report);
  const json& rules = run["tool"]["driver"]["rules"];
  CHECK(rules.size() == 3);
  for (const json& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<size_t>()]["id"] == result["ruleId"]);
  }
  for (const json& rule : rules) {  // what GitHub demands
    for (const char* member : {"shortDescription", "fullDescription", "help"}) {
      CHECK_FALSE(rule[member]["text"].get<std::string>().empty());
    }
  }
}

TEST_CASE("sarif: all results state their suppression and baseline, or none does") {
  const json run = run_of(settled_report());
  REQUIRE(run["results"].size() == 3);
  const json& waived = run["results"][0]["suppressions"];
  REQUIRE(waived.size() == 1);
  CHECK(waived[0]["kind"] == "external");
  CHECK(waived[0]["status"] == "accepted");
  CHECK(has(waived[0]["justification"], "Nobody passes it"));
  CHECK(has(waived[0]["justification"], "2027-03-31"));
  CHECK(run["results"][1]["suppressions"] == json::array());
  CHECK(run["results"][0]["baselineState"] == "new");
  CHECK(run["results"][1]["baselineState"] == "new");
  CHECK(run["results"][2]["baselineState"] == "unchanged");
  CHECK(run["results"][1]["properties"]["cause"] == "CONFIG_AIO: y → n");
  CHECK(run["results"][1]["properties"]["consequenceCount"] == 1);
  CHECK(has(run["results"][1]["message"]["text"], "sys_io_submit"));
  CHECK(notified(run, "input-differs") ==
        std::vector<std::string>{"CONFIG_AIO: y → n; explains 1 finding.\n"
                                 "Without it io_submit(2) is not there."});
}

TEST_CASE("sarif: what was compared and what was not is said, with findings or without") {
  Report report = sample_report();
  report.findings.clear();
  json run = run_of(report);
  CHECK(run["results"] == json::array());
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
  CHECK(notified(run, "compared").size() == 1);
  CHECK(notified(run, "not-compared").size() == 1);
  report.coverage[0].failed = true;
  run = run_of(report);
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
  CHECK(notified(run, "incomplete") == std::vector<std::string>{"compared: specs: 8 and 8 APIs."});
  report.coverage.clear();
  CHECK(notified(run_of(report), "not-compared").size() == 1);
}

TEST_CASE("sarif: changes of wording are counted, and are results if asked for") {
  CHECK(notified(run_of(sample_report()), "left-out").size() == 1);
  const json run = run_of(sample_report(), {.words = true});
  CHECK(run["results"].size() == 3);
  CHECK(run["results"][2]["level"] == "note");
  CHECK(notified(run, "left-out").empty());
}

TEST_CASE("sarif: what is a placeholder or a link in a message is written as text") {
  Report report = sample_report();
  report.findings.resize(1);
  report.findings[0].message = "array[0](1) of {2}";
  CHECK(run_of(report)["results"][0]["message"]["text"].get<std::string>().starts_with(
      "array\\[0\\](1) of {{2}}.\n"));
  report.findings[0].message = "array[0]";
  CHECK(run_of(report)["results"][0]["message"]["text"].get<std::string>().starts_with(
      "array[0].\n"));
}

TEST_CASE("sarif: the name of a file is one segment of a URI") {
  Report report = sample_report();
  const auto uri = [&](const std::string& file) {
    report.new_source.file = file;
    return run_of(report)["artifacts"][0]["location"]["uri"].get<std::string>();
  };
  CHECK(uri("vmlinux-6.12.1+deb12") == "vmlinux-6.12.1+deb12");
  CHECK(uri("../a b:c?%#\xc3\xa9") == "..%2Fa%20b%3Ac%3F%25%23%C3%A9");
  CHECK(uri("..") == "kernel");
  CHECK(uri("") == "kernel");
}

TEST_CASE("sarif: a log is JSON and of bounded size, whatever it holds") {
  for (const std::string& text : hostile_texts()) {
    const std::string out = find_format("sarif")->findings(hostile_report(text), {.words = true});
    CHECK(is_utf8(out));
    CHECK(json::accept(out));
    CHECK(out.size() < 500 * 1024);
    CHECK(out.find_first_of(std::string_view("\x1b\x07\x00", 3)) == out.npos);
  }
}
