// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "kapi/policy.h"

namespace kapi {
namespace {

// "3:1 unknown key…" for each problem.
std::vector<std::string> problems_of(std::string_view text) {
  std::vector<std::string> out;
  for (const PolicyProblem& problem : read_policy(text, "p.toml").problems) {
    out.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
                  problem.message);
  }
  return out;
}

// That the text behind "version = 1" has one problem, at that place.
void refused(std::string_view text, std::string_view place, std::string_view says) {
  CAPTURE(text);
  const auto problems = problems_of("version = 1\n" + std::string(text));
  REQUIRE(problems.size() == 1);
  CAPTURE(problems.front());
  CHECK(problems.front().starts_with(std::string(place) + " "));
  CHECK(problems.front().find(says) != std::string::npos);
}

TEST_CASE("a whole policy") {
  const PolicyFile file = read_policy(R"(version = 1
fail-on = "review"
[severity]
error-added = "breaking"
words-changed = "ignore"
[scope]
apis = ["sys_*"]
exclude-apis = ["sys_ni_*"]
kinds = ["syscall", "ioctl"]

[[waiver]]
fingerprint = "0123456789abcdef"
reason = "one"
expires = 2027-03-31
[[waiver]]
fingerprint = ["00000000000000aa", "00000000000000bb"]
reason = "two"
[[waiver]]
rule = "error-added"
subject = "sys_open/**"
reason = "three"
)",
                                      "p.toml");
  REQUIRE(file.problems.empty());
  const Policy& policy = file.policy;
  CHECK(policy.file == "p.toml");
  CHECK(policy.fail_on == "review");
  CHECK(policy.severities.at("error-added") == Severity::breaking);
  CHECK(policy.severities.at("words-changed") == std::nullopt);
  CHECK(policy.scope.apis == std::vector<std::string>{"sys_*"});
  CHECK(policy.scope.exclude_apis == std::vector<std::string>{"sys_ni_*"});
  CHECK(policy.scope.kinds == std::vector<std::string>{"syscall", "ioctl"});
  REQUIRE(policy.waivers.size() == 3);
  CHECK(policy.waivers[0].fingerprints == std::vector<std::string>{"0123456789abcdef"});
  CHECK(policy.waivers[0].reason == "one");
  CHECK(policy.waivers[0].expires == date_from_text("2027-03-31"));
  CHECK(policy.place(policy.waivers[0]) == "p.toml:11");
  CHECK(policy.waivers[1].fingerprints.size() == 2);
  CHECK(policy.waivers[2].rule == "error-added");
  CHECK(policy.waivers[2].subject == "sys_open/**");
  CHECK_FALSE(policy.waivers[2].expires.has_value());
}

TEST_CASE("the version is required, and known") {
  CHECK(problems_of("").size() == 1);
  CHECK(problems_of("fail-on = \"info\"").front().find("version") != std::string::npos);
  CHECK(problems_of("version = 2").front() == "1:11 version 2, but this kapitool reads version 1");
  CHECK(problems_of("version = \"1\"").front() ==
        "1:11 expected the version of this format, 1, found a string");
}

TEST_CASE("each mistake has its place and its words") {
  refused("fail_on = \"info\"", "2:1", "unknown key \"fail_on\"; known are version, fail-on");
  refused("fail-on = \"fatal\"", "2:11", "found \"fatal\"");
  refused("fail-on = 1", "2:11", "expected a string, found an integer");
  refused("severity = 1", "2:12", "expected a table");
  refused("[severity]\nerror-add = \"info\"", "3:1", "no rule is named \"error-add\"");
  refused("[severity]\nerror-added = \"fatal\"", "3:15", "review, info or ignore");
  refused("[severity]\nerror-added = true", "3:15", "found true or false");
  refused("[scope]\napi = [\"a\"]", "3:1", "unknown key \"api\"");
  refused("[scope]\napis = \"a\"", "3:8", "expected a list of strings");
  refused("[scope]\napis = []", "3:8", "the list is empty");
  refused("[scope]\napis = [\"a\", 1]", "3:14", "expected a string");
  refused("[scope]\napis = [\"a\", \"\"]", "3:14", "the string is empty");
  refused("[scope]\napis = [\"a\", \"b\", \"a\"]", "3:8", "\"a\" is in the list twice");
  refused("[scope]\nkinds = [\"syscal\"]", "3:10", "unknown kind \"syscal\"");
  refused("[waiver]\nreason = \"x\"", "2:1", "[[waiver]]");
}

TEST_CASE("a waiver that could not work is refused") {
  const auto waiver = [](std::string_view text, std::string_view place, std::string_view says) {
    refused("[[waiver]]\n" + std::string(text), place, says);
  };
  waiver("reason = \"x\"", "2:1", "does not say what it accepts");
  waiver("fingerprint = \"0123456789abcdef\"", "2:1", "\"reason\" is missing");
  waiver("fingerprint = \"0123456789abcdef\"\nreason = \" \\t\"", "4:10", "the reason is blank");
  waiver("fingerprint = \"0123456789abcdef\"\nreason = 1", "4:10", "expected a string");
  for (const char* bad :
       {"", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "0123456789abcdeg"}) {
    waiver("fingerprint = \"" + std::string(bad) + "\"\nreason = \"x\"", "3:15",
           "is no fingerprint");
  }
  waiver("fingerprint = []\nreason = \"x\"", "3:15", "the list is empty");
  waiver("fingerprint = [1]\nreason = \"x\"", "3:16", "expected a string");
  waiver("fingerprint = \"0123456789abcdef\"\nrule = \"error-added\"\nreason = \"x\"", "2:1",
         "not by both");
  waiver("rule = \"error-added\"\nreason = \"x\"", "2:1", "\"subject\" is missing");
  waiver("subject = \"a\"\nreason = \"x\"", "2:1", "\"rule\" is missing");
  waiver("rule = \"error-add\"\nsubject = \"a\"\nreason = \"x\"", "3:8", "no rule is named");
  waiver("rule = \"waiver-expired\"\nsubject = \"**\"\nreason = \"x\"", "3:8",
         "what is said of waivers");
  waiver("rule = \"error-added\"\nsubject = \"\"\nreason = \"x\"", "4:11", "the string is empty");
  waiver("fingerprint = \"0123456789abcdef\"\nreason = \"x\"\nexpires = \"2027-03-31\"", "5:11",
         "a date without quotes");
  waiver("fingerprint = \"0123456789abcdef\"\nreason = \"x\"\nexpires = 2027-03-31T00:00:00",
         "5:11", "found a date with a time");
  waiver("fingerprint = \"0123456789abcdef\"\nreason = \"x\"\nowner = \"me\"", "5:1",
         "unknown key \"owner\"");
}

TEST_CASE("what is accepted twice is told with both places") {
  const std::string entry = "[[waiver]]\nfingerprint = \"0123456789abcdef\"\nreason = \"x\"\n";
  refused(entry + entry, "6:15", "is accepted in line 3 already");
  const std::string by_rule =
      "[[waiver]]\nrule = \"error-added\"\nsubject = \"a\"\nreason = \"x\"\n";
  refused(by_rule + by_rule, "6:1", "is accepted in line 2 already");
}

TEST_CASE("all mistakes are told at once, in their order") {
  const auto problems = problems_of(
      "[severity]\nno-such-rule = \"info\"\n[[waiver]]\nfingerprint = \"x\"\n[scope]\nnone = 1\n");
  REQUIRE(problems.size() == 5);
  CHECK(problems[0].starts_with("1:1 "));  // version
  CHECK(problems[1].starts_with("2:1 "));
  CHECK(problems[2].starts_with("3:1 "));  // reason
  CHECK(problems[3].starts_with("4:15 "));
  CHECK(problems[4].starts_with("6:1 "));
}

TEST_CASE("what is no TOML is told with its place") {
  for (const auto& mistake : {std::pair("version = 1\nfail-on = \n", "2:"),
                              {"version = 1\nversion = 1\n", "2:"},
                              {"version = 1\n\"\xff\" = 1\n", "2:"},
                              {"x = 2027-02-30\n", "1:"}}) {
    const auto& text = mistake.first;
    CAPTURE(text);
    const auto problems = problems_of(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().starts_with(mistake.second));
    CHECK(problems.front().find("not TOML") != std::string::npos);
    CHECK(is_utf8(problems.front()));
  }
}

TEST_CASE("a text that nests to overflow the stack is refused") {
  std::string dotted = "version = 1\na";
  std::string brackets = "version = 1\na = ";
  for (int i = 0; i < 500000; i++) {
    dotted += ".a";
    brackets += "[";
  }
  for (const std::string& text : {dotted + " = 1\n", brackets}) {
    const auto problems = problems_of(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems.front() == "2:1 nested deeper than a policy can be");
  }
  // Dots and brackets in strings and comments nest nothing.
  const std::string harmless = "version = 1 # " + std::string(100, '[') +
                               "\n[[waiver]]\nfingerprint = \"0123456789abcdef\"\n";
  for (const std::string& reason :
       {"\"" + std::string(100, '.') + "\\\"" + std::string(100, '[') + "\"",
        "'" + std::string(100, '.') + "\\'", "\"\"\"\n\"" + std::string(100, '.') + "\\\"\"\"\"",
        "'''\n'" + std::string(100, '[') + "'''"}) {
    CAPTURE(reason);
    CHECK(problems_of(harmless + "reason = " + reason + "\n").empty());
  }
}

TEST_CASE("a text that is too long is refused unread") {
  CHECK(problems_of(std::string(kPolicySizeLimit + 1, ' ')).front().find("bytes; a policy has") !=
        std::string::npos);
}

TEST_CASE("dates are days that exist") {
  CHECK(date_text(*date_from_text("2028-02-29")) == "2028-02-29");
  for (const char* bad : {"", "2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "27-01-01",
                          "2027/01/01", "2027-01-01 ", "2027-01-0x"}) {
    CAPTURE(bad);
    CHECK_FALSE(date_from_text(bad).has_value());
  }
  CHECK(date_text(date_of(0)) == "1970-01-01");
  CHECK(date_text(date_of(951868799)) == "2000-02-29");
  CHECK(date_text(date_of(951868800)) == "2000-03-01");
}

}  // namespace
}  // namespace kapi
