// SPDX-License-Identifier: GPL-2.0-only
// The JSON is read back here with the library's parser, and held against the schema by
// tests/cli.py.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "sample.h"

using namespace kapi;
using nlohmann::ordered_json;

namespace {

const Format& json() { return *find_format("json"); }

std::vector<std::string> keys(const ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) {
    names.push_back(key);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a report has the members that scripts rely on, in their order") {
  const std::string out = json().findings(sample_report(), {});
  CHECK(out.starts_with("{\n  \"schema\": 1,\n"));
  CHECK(out.ends_with("}\n"));
  const ordered_json report = ordered_json::parse(out);
  CHECK(keys(report) ==
        Names{"schema", "old", "new", "preflight", "coverage", "summary", "findings"});
  CHECK(report["summary"] == ordered_json{{"breaking", 1},
                                          {"review", 1},
                                          {"info", 1},
                                          {"waived", 0},
                                          {"known", 0},
                                          {"consequences", 0}});
  CHECK(report["old"]["release"] == "6.1.0");
  CHECK(keys(report["findings"][0]) == Names{"rule", "severity", "subject", "before", "after",
                                             "witness", "evidence", "fingerprint", "message"});
  // Absent is absent; and wording is hidden from people only.
  CHECK(keys(report["findings"][1]) ==
        Names{"rule", "severity", "subject", "after", "fingerprint", "message"});
  CHECK(report["findings"][2]["rule"] == "words-changed");
}

TEST_CASE("a report of nothing still says that there are no findings") {
  const ordered_json report = ordered_json::parse(json().findings(Report{}, {}));
  CHECK(report["findings"] == ordered_json::array());
  CHECK(report["coverage"] == ordered_json::array());
}

TEST_CASE("text that is not UTF-8 is written, not thrown at") {
  Report report = sample_report();
  report.findings[0].before = "\xff";
  report.findings[0].message = "\x1b";
  const ordered_json again = ordered_json::parse(json().findings(report, {}));
  CHECK(again["findings"][0]["before"] == "\\xff");
  CHECK(again["findings"][0]["message"] == "\x1b");
}

TEST_CASE("list, show and rules are JSON under the names of the model") {
  Corpus corpus;
  corpus.apis = {{.name = "sys_open", .kind = "syscall", .description = "Open a file"}};
  corpus.syscalls = {{.name = "read", .abi = "x86_64", .number = 0, .entry = "__x64_sys_read"}};
  const ordered_json list = ordered_json::parse(json().list(corpus, {}));
  REQUIRE(list.size() == 2);
  CHECK(list[0]["subject"] == "sys_open");
  CHECK(list[1]["subject"] == "syscall/x86_64/read");
  CHECK(list[1]["number"] == 0);
  CHECK(json().list({}, {}) == "[]\n");

  CHECK(json().subject(corpus, find_subject(corpus, "open"), {}) == to_json(corpus.apis[0]));
  const ordered_json syscall =
      ordered_json::parse(json().subject(corpus, find_subject(corpus, "read"), {}));
  CHECK(syscall["name"] == "read");
  CHECK(syscall["syscalls"][0]["entry"] == "__x64_sys_read");

  const RuleInfo rule = {.id = "a-rule", .severity = Severity::review, .summary = "s"};
  CHECK(ordered_json::parse(json().rule(rule, {}))["severity"] == "review");
  CHECK(ordered_json::parse(json().rule_list({rule}, {}))[0]["id"] == "a-rule");
}
