// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kapi/policy.h"

namespace kapi {
namespace {

Date day(std::string_view text) { return *date_from_text(text); }

Finding finding(std::string rule, std::string subject, std::string after = "x") {
  Finding out;
  out.severity = find_rule(rule)->severity;
  out.rule = std::move(rule);
  out.subject = std::move(subject);
  out.after = std::move(after);
  out.fingerprint = fingerprint_of(out);
  return out;
}

Report sample() {
  Report report;
  report.coverage = {{.fact = "specs", .compared = true, .failed = false, .detail = ""}};
  report.findings = {finding("error-removed", "sys_open/errors/EIO"),
                     finding("syscall-removed", "syscall/x86_64/openat"),
                     finding("error-added", "sys_open/errors/ELOOP"),
                     finding("error-added", "sys_read/errors/ELOOP"),
                     finding("error-added", "gpio_get/errors/EIO")};
  return report;
}

PolicyContext context(std::string_view today = "2026-11-21") {
  return {
      .today = day(today),
      .kinds = {{"sys_open", {"syscall"}}, {"sys_read", {"syscall"}}, {"gpio_get", {"function"}}},
      .everything = true};
}

Report applied(const std::string& policy, const PolicyContext& with = context(),
               Report report = sample()) {
  const PolicyFile file = read_policy("version = 1\n" + policy, "p.toml");
  REQUIRE(file.problems.empty());
  apply(report, file.policy, with);
  return report;
}

std::vector<std::string> subjects(const Report& report) {
  std::vector<std::string> all;
  for (const Finding& one : report.findings) {
    all.push_back(one.subject);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string policy_row(const Report& report, std::string_view fact = "policy") {
  for (const Compared& row : report.coverage) {
    if (row.fact == fact) {
      CHECK_FALSE(row.compared);
      CHECK_FALSE(row.failed);
      return row.detail;
    }
  }
  return {};
}

const Finding* find(const Report& report, std::string_view rule) {
  const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& one) { return one.rule == rule; });
  return found == report.findings.end() ? nullptr : &*found;
}

TEST_CASE("an empty policy changes nothing") {
  Report report = sample();
  sort_findings(report.findings);
  CHECK(applied("").findings == report.findings);
  CHECK(policy_row(applied("")).empty());
}

TEST_CASE("a severity is that of all findings of a rule, and orders them anew") {
  const Report report =
      applied("[severity]\nerror-added = \"breaking\"\nerror-removed = \"info\"\n");
  CHECK(report.summary().breaking == 4);
  CHECK(report.summary().info == 1);
  CHECK(report.findings.back().rule == "error-removed");
  CHECK(policy_row(report) ==
        "p.toml: error-added counts as breaking instead of review (3 findings); "
        "error-removed counts as info instead of breaking (1 finding)");
  CHECK(policy_row(applied("[severity]\nerror-added = \"review\"\n")).empty());
}

TEST_CASE("what is ignored or out of scope is counted") {
  CHECK(policy_row(applied("[severity]\nerror-added = \"ignore\"\n")) ==
        "p.toml: leaves out 3 findings: 3 of ignored rules");
  CHECK(policy_row(applied("[scope]\nkinds = [\"function\"]\n")) ==
        "p.toml: leaves out 4 findings: 4 out of scope");
  const Report both =
      applied("[severity]\nerror-removed = \"ignore\"\n[scope]\napis = [\"open\"]\n");
  CHECK(policy_row(both) == "p.toml: leaves out 4 findings: 3 out of scope, 1 of ignored rules");
  CHECK(subjects(both) == std::vector<std::string>{"sys_open/errors/ELOOP"});
}

TEST_CASE("a finding that is left out is explained by nothing") {
  Report report = sample();
  report.preflight = {{"CONFIG_AIO", "y", "n", "", 1}, {"compiler", "a", "b", "", 2}};
  report.findings[0].cause = "CONFIG_AIO: y → n";
  report.findings[2].cause = "compiler: a → b";
  report.findings[3].cause = "compiler: a → b";
  report = applied("[severity]\nerror-removed = \"ignore\"\n[scope]\napis = [\"sys_open\"]\n",
                   context(), report);
  CHECK(report.preflight[0].explains == 0);
  CHECK(report.preflight[1].explains == 1);
}

TEST_CASE("scope knows a syscall by its name in the spec and in each table") {
  const std::vector<std::string> open = {"sys_open/errors/EIO", "sys_open/errors/ELOOP",
                                         "syscall/x86_64/openat"};
  for (const char* glob : {"open*", "sys_open*"}) {
    CAPTURE(glob);
    CHECK(subjects(applied("[scope]\napis = [\"" + std::string(glob) + "\"]\n")) == open);
  }
  CHECK(subjects(applied("[scope]\napis = [\"syscall/x86_64/*\"]\n")).size() == 1);
  CHECK(subjects(applied("[scope]\nkinds = [\"syscall\"]\nexclude-apis = [\"*read\"]\n")) == open);
  CHECK(subjects(applied("[scope]\nexclude-apis = [\"syscall/*/open*\"]\n")).size() == 4);
  CHECK(subjects(applied("[scope]\nkinds = [\"ioctl\"]\n")).empty());
}

TEST_CASE("no scope hides what belongs to no API, or to one of unknown kind") {
  Report report = sample();
  report.findings = {finding("specs-lost", "specs"), finding("error-added", "odd/errors/EIO")};
  PolicyContext with = context();
  with.kinds["odd"] = {""};
  CHECK(applied("[scope]\napis = [\"sys_none\", \"odd\"]\nkinds = [\"sysfs\"]\n", with, report)
            .findings.size() == 2);
  // Of two kinds, one on each side: in scope if either is.
  with.kinds["odd"] = {"syscall", "ioctl"};
  CHECK(applied("[scope]\nkinds = [\"ioctl\"]\n", with, report).findings.size() == 2);
}

const char* const kByRule =
    "[[waiver]]\nrule = \"error-added\"\nsubject = \"sys_*/errors/*\"\nreason = \"fine\"\n"
    "expires = 2026-11-30\n";

TEST_CASE("a waiver holds up to its last day") {
  for (const char* today : {"2026-11-29", "2026-11-30"}) {
    CAPTURE(today);
    const Report report = applied(kByRule, context(today));
    CHECK(report.summary().waived == 2);
    const Finding* waived = find(report, "error-added");
    REQUIRE(waived != nullptr);
    CHECK(find(report, "waiver-expired") == nullptr);
    CHECK(find(report, "waiver-unused") == nullptr);
    const auto entry = std::find_if(report.findings.begin(), report.findings.end(),
                                    [](const Finding& one) { return one.waiver.has_value(); });
    CHECK(entry->waiver == Waiver{"fine", "2026-11-30", "p.toml:2"});
  }
  const Report report = applied(kByRule, context("2026-12-01"));
  CHECK(report.summary().waived == 0);
  CHECK(report.findings.size() == 6);
  const Finding* expired = find(report, "waiver-expired");
  REQUIRE(expired != nullptr);
  CHECK(expired->severity == Severity::review);
  CHECK(expired->subject == "waiver/error-added/sys_*/errors/*");
  CHECK(expired->message ==
        "p.toml:2: the waiver ended on 2026-11-30, and sys_open/errors/ELOOP [error-added] and 1 "
        "more count again; it was for: fine");
  CHECK(expired->stands());
  CHECK(expired->fingerprint == fingerprint_of(*expired));
}

TEST_CASE("a waiver that accepts nothing is said to be unused, expired or not") {
  const std::string none =
      "[[waiver]]\nfingerprint = \"0123456789abcdef\"\nreason = \"mended\"\nexpires = 2020-01-01\n";
  const Report report = applied(none);
  const Finding* unused = find(report, "waiver-unused");
  REQUIRE(unused != nullptr);
  CHECK(unused->subject == "waiver/0123456789abcdef");
  CHECK(unused->message ==
        "p.toml:2: the waiver accepts no finding and can be deleted; it was for: mended");
  CHECK(find(report, "waiver-expired") == nullptr);
  CHECK(find(applied(none + "[severity]\nwaiver-unused = \"ignore\"\n"), "waiver-unused") ==
        nullptr);
  CHECK(find(applied(none + "[severity]\nwaiver-unused = \"breaking\"\n"), "waiver-unused")
            ->severity == Severity::breaking);
}

TEST_CASE("nothing is called unused where not everything was compared") {
  const std::string none = "[[waiver]]\nfingerprint = \"0123456789abcdef\"\nreason = \"x\"\n";
  PolicyContext part = context();
  part.everything = false;
  Report unread = sample();
  unread.coverage.front().failed = true;
  for (const Report& report : {applied(none, part), applied(none, context(), unread)}) {
    CHECK(find(report, "waiver-unused") == nullptr);
    CHECK(policy_row(report).empty());
    CHECK(policy_row(report, "waivers") ==
          "1 waiver of p.toml without a finding may be for what was not compared, so it is not "
          "called unused");
  }
}

TEST_CASE("what a comparison was asked for is in its corpora") {
  Corpus one;
  one.apis.resize(1);
  one.apis[0].name = "sys_open";
  one.apis[0].kind = "syscall";
  one.coverage = {{"specs", "complete", 1, 1, ""}, {"syscalls/ia32", "absent", 0, 0, ""}};
  Corpus other = one;
  other.apis[0].kind = "function";
  const PolicyContext all = policy_context(one, other, day("2026-11-21"));
  CHECK(all.everything);
  CHECK(all.today == day("2026-11-21"));
  CHECK(all.kinds.at("sys_open") == std::vector<std::string>{"syscall", "function"});
  Corpus part = one;
  part.coverage[1].state = "not_asked";
  CHECK_FALSE(policy_context(one, part, all.today).everything);
  CHECK_FALSE(policy_context(part, one, all.today).everything);
  Corpus terse = one;
  terse.source.omits = {"apis/signals"};
  CHECK_FALSE(policy_context(one, terse, all.today).everything);
}

TEST_CASE("of several fingerprints those without a finding are named") {
  const std::string known = sample().findings[0].fingerprint;
  const Report report = applied("[[waiver]]\nfingerprint = [\"" + known +
                                "\", \"0123456789abcdef\"]\nreason = \"x\"\n");
  CHECK(report.summary().waived == 1);
  const Finding* unused = find(report, "waiver-unused");
  REQUIRE(unused != nullptr);
  CHECK(unused->subject == "waiver/" + known);
  CHECK(unused->message ==
        "p.toml:2: no finding has the fingerprint 0123456789abcdef, which can be deleted there");
}

TEST_CASE("where two waivers accept a finding, one that holds is enough") {
  const std::string by_fingerprint =
      "[[waiver]]\nfingerprint = \"" + sample().findings[2].fingerprint + "\"\nreason = \"too\"\n";
  const Report report = applied(kByRule + by_fingerprint, context("2026-12-01"));
  CHECK(report.summary().waived == 1);
  // The other finding of the first waiver counts again; that is what is said.
  CHECK(
      find(report, "waiver-expired")->message.find("sys_read/errors/ELOOP [error-added] counts") !=
      std::string::npos);
  // Both hold: the first in the file is named, and neither is unused.
  const Report both = applied(kByRule + by_fingerprint);
  CHECK(both.summary().waived == 2);
  CHECK(find(both, "waiver-unused") == nullptr);
}

TEST_CASE("what is out of scope needs no waiver") {
  const Report report = applied(std::string(kByRule) + "[scope]\napis = [\"gpio_get\"]\n");
  CHECK(report.summary().waived == 0);
  CHECK(find(report, "waiver-unused") != nullptr);
}

}  // namespace
}  // namespace kapi
