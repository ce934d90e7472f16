// SPDX-License-Identifier: GPL-2.0-only
// One changed thing, one finding: what is told together, who speaks for it, and what must never be
// told together.
#include <doctest/doctest.h>

#include <algorithm>

#include "diff/judge.h"
#include "kapi/diff.h"

namespace kapi {
namespace {

Finding finding(const std::string& rule, const std::string& subject, const std::string& before,
                const std::string& after) {
  Finding made;
  made.rule = rule;
  made.severity = find_rule(rule)->severity;
  made.subject = subject;
  made.before = before;
  made.after = after;
  made.message = subject + " changed";
  made.fingerprint = fingerprint_of(made);
  return made;
}

// Folded findings as "rule subject < rule subject, rule subject".
std::vector<std::string> folded(std::vector<Finding> findings) {
  Report report;
  report.old_source.architecture = "x86_64";
  report.findings = std::move(findings);
  sort_findings(report.findings);
  const size_t total = report.findings.size();
  fold(report);
  std::vector<std::string> texts;
  size_t kept = report.findings.size();
  for (const auto& head : report.findings) {
    std::string text = head.rule + " " + head.subject;
    for (const auto& consequence : head.consequences) {
      text += (&consequence == &head.consequences.front() ? " < " : ", ") + consequence.rule + " " +
              consequence.subject;
      CHECK(consequence.severity <= head.severity);
    }
    kept += head.consequences.size();
    texts.push_back(text);
  }
  CHECK(kept == total);
  CHECK(report.summary().consequences == total - report.findings.size());
  return texts;
}
using Texts = std::vector<std::string>;

TEST_CASE("a syscall that is gone is one thing in all tables and in its spec") {
  CHECK(folded({finding("api-removed", "sys_uselib", "syscall", ""),
                finding("syscall-removed", "syscall/ia32/uselib", "number 86", ""),
                finding("syscall-removed", "syscall/x86_64/uselib", "number 134", ""),
                finding("syscall-removed", "syscall/x86_64/sysfs", "number 139", "")}) ==
        Texts{"syscall-removed syscall/x86_64/sysfs",
              "syscall-removed syscall/x86_64/uselib < api-removed sys_uselib, "
              "syscall-removed syscall/ia32/uselib"});
}

TEST_CASE("gone and new are not one thing") {
  CHECK(folded({finding("syscall-removed", "syscall/ia32/uselib", "number 86", ""),
                finding("syscall-added", "syscall/x86_64/uselib", "", "number 134")})
            .size() == 2);
}

TEST_CASE("one struct in several APIs, and all that moved in it") {
  const auto in = [](const std::string& api) {
    const std::string args = api + "/structs/args";
    return std::vector{
        finding("struct-field-removed", args + "/fields/mode", "__u32 at offset 4", ""),
        finding("struct-field-moved", args + "/fields/size", "8", "4"),
        finding("struct-resized", args, "16", "12")};
  };
  std::vector<Finding> all = in("sys_a");
  for (auto& more : in("sys_b")) {
    all.push_back(std::move(more));
  }
  all.push_back(finding("struct-resized", "sys_b/structs/other", "16", "24"));
  all.push_back(
      finding("struct-field-constraint-tightened", "sys_a/structs/args/fields/size", "none", "x"));
  CHECK(folded(all) ==
        Texts{"struct-field-removed sys_a/structs/args/fields/mode < struct-resized "
              "sys_a/structs/args, struct-field-moved sys_a/structs/args/fields/size, "
              "struct-resized sys_b/structs/args, struct-field-removed "
              "sys_b/structs/args/fields/mode, struct-field-moved sys_b/structs/args/fields/size",
              "struct-field-constraint-tightened sys_a/structs/args/fields/size",
              "struct-resized sys_b/structs/other"});
}

TEST_CASE("the same change in many APIs, and another value in one of them") {
  CHECK(folded({finding("error-removed", "sys_a/errors/EAGAIN", "EAGAIN (-11)", ""),
                finding("error-removed", "sys_b/errors/EAGAIN", "EAGAIN (-11)", ""),
                finding("error-removed", "sys_c/errors/EAGAIN", "EAGAIN (-35)", ""),
                finding("error-removed", "sys_a/errors/EINTR", "EINTR (-4)", "")}) ==
        Texts{"error-removed sys_a/errors/EAGAIN < error-removed sys_b/errors/EAGAIN",
              "error-removed sys_a/errors/EINTR", "error-removed sys_c/errors/EAGAIN"});
}

TEST_CASE("the arguments of a syscall, in its tables and its spec") {
  CHECK(
      folded({finding("syscall-signature-changed", "syscall/ia32/x", "(int a)", "(int a, int b)"),
              finding("syscall-signature-changed", "syscall/x86_64/x", "(int a)", "(int a, int b)"),
              finding("param-added", "sys_x/params/b", "", "int b"),
              finding("param-added", "sys_y/params/c", "", "int c"),
              finding("param-removed", "sys_y/params/d", "int d", "")}) ==
      Texts{"param-added sys_y/params/c", "param-removed sys_y/params/d",
            "syscall-signature-changed syscall/x86_64/x < param-added sys_x/params/b, "
            "syscall-signature-changed syscall/ia32/x"});
}

TEST_CASE("a parameter that held the length of another") {
  CHECK(folded({finding("param-removed", "sys_x/params/len", "size_t len", ""),
                finding("param-size-link-changed", "sys_x/params/buf", "size_param: len", ""),
                finding("param-size-link-changed", "sys_x/params/iov", "size_param: count", ""),
                finding("param-size-link-changed", "sys_z/params/buf", "size_param: len",
                        "size_param: n")}) ==
        Texts{"param-removed sys_x/params/len < param-size-link-changed sys_x/params/buf",
              "param-size-link-changed sys_x/params/iov",
              "param-size-link-changed sys_z/params/buf"});
}

TEST_CASE("a parameter's type, and the size that came with it") {
  CHECK(folded({finding("param-type-changed", "sys_x/params/a", "int", "long"),
                finding("param-size-grown", "sys_x/params/a", "4", "8"),
                finding("param-size-grown", "sys_x/params/b", "4", "8")}) ==
        Texts{"param-type-changed sys_x/params/a < param-size-grown sys_x/params/a",
              "param-size-grown sys_x/params/b"});
}

TEST_CASE("what stands and what does not are never told together") {
  const auto twice = [](auto change) {
    std::vector<Finding> two = {
        finding("error-removed", "sys_a/errors/EAGAIN", "EAGAIN (-11)", ""),
        finding("error-removed", "sys_b/errors/EAGAIN", "EAGAIN (-11)", "")};
    change(two[1]);
    return folded(two).size();
  };
  CHECK(twice([](Finding&) {}) == 1);
  CHECK(twice([](Finding& f) { f.known = true; }) == 2);
  CHECK(twice([](Finding& f) { f.waiver = Waiver{"agreed", "", "kapitool.toml:3"}; }) == 2);
  CHECK(twice([](Finding& f) { f.cause = "CONFIG_X: y → n"; }) == 2);
}

TEST_CASE("who speaks is the most severe, whatever the policy made of the rules") {
  std::vector<Finding> two = {finding("syscall-removed", "syscall/x86_64/x", "number 1", ""),
                              finding("api-removed", "sys_x", "syscall", "")};
  two[0].severity = Severity::info;
  CHECK(folded(two) == Texts{"api-removed sys_x < syscall-removed syscall/x86_64/x"});
}

}  // namespace
}  // namespace kapi
