// SPDX-License-Identifier: GPL-2.0-only
// A whole syscall ABI that one side has and the other has not.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "kapi/diff.h"

namespace kapi {
namespace {

Syscall call(const std::string& abi, const std::string& name, uint64_t number) {
  Syscall syscall;
  syscall.name = name;
  syscall.abi = abi;
  syscall.number = number;
  syscall.entry = "sys_" + name;
  return syscall;
}

// A kernel with its own table, and ia32 in that state.
Corpus kernel(const std::string& ia32, std::vector<std::string> config = {}) {
  Corpus corpus;
  corpus.source.architecture = "x86_64";
  corpus.source.bits = 64;
  corpus.source.config = std::move(config);
  corpus.coverage = {{"config", corpus.source.config.empty() ? "absent" : "complete", 0, 0, ""},
                     {"syscalls/ia32", ia32, 0, 0, "why"},
                     {"syscalls/x86_64", "complete", 1, 1, ""}};
  corpus.syscalls = {call("x86_64", "read", 0)};
  if (ia32 == "complete" || ia32 == "partial") {
    corpus.coverage.insert(corpus.coverage.begin() + 1, {"signatures/ia32", "complete", 2, 2, ""});
    corpus.syscalls.insert(corpus.syscalls.begin(),
                           {call("ia32", "read", 3), call("ia32", "write", 4)});
  }
  canonicalise(corpus);
  return corpus;
}

const Compared* row(const Report& report, const std::string& fact) {
  for (const Compared& entry : report.coverage) {
    if (entry.fact == fact) {
      return &entry;
    }
  }
  return nullptr;
}

TEST_CASE("an ABI that is gone is one finding, however it was dispatched") {
  for (const char* state : {"complete", "partial", "unlisted"}) {
    CAPTURE(state);
    const Report removed = compare(kernel(state), kernel("absent"));
    REQUIRE(removed.findings.size() == 1);
    const Finding& finding = removed.findings[0];
    CHECK(finding.rule == "syscall-abi-removed");
    CHECK(finding.severity == Severity::breaking);
    CHECK(finding.subject == "syscall/ia32");
    CHECK(finding.before == "ia32");
    CHECK(finding.after.empty());
    REQUIRE(row(removed, "syscalls/ia32") != nullptr);
    CHECK(row(removed, "syscalls/ia32")->compared);
    CHECK_FALSE(row(removed, "syscalls/ia32")->failed);
    CHECK(row(removed, "syscalls/ia32")->detail == "the new kernel has no such ABI");
    CHECK(row(removed, "signatures/ia32") == nullptr);

    const Report added = compare(kernel("absent"), kernel(state));
    REQUIRE(added.findings.size() == 1);
    CHECK(added.findings[0].rule == "syscall-abi-added");
    CHECK(added.findings[0].severity == Severity::info);
    CHECK(added.findings[0].after == "ia32");
  }
}

TEST_CASE("an ABI that is there or may be there is not gone") {
  for (const char* state : {"unlisted", "unread", "not_asked"}) {
    CAPTURE(state);
    const Report report = compare(kernel("complete"), kernel(state));
    CHECK(report.findings.empty());
    CHECK_FALSE(row(report, "syscalls/ia32")->compared);
    CHECK(row(report, "syscalls/ia32")->failed == (std::string(state) == "unread"));
  }
  CHECK(compare(kernel("unlisted"), kernel("unlisted")).findings.empty());
  CHECK(compare(kernel("absent"), kernel("absent")).findings.empty());
  CHECK(compare(kernel("unread"), kernel("absent")).findings.empty());
}

TEST_CASE("what is no kernel lacks no ABI") {
  Corpus module = kernel("absent");
  module.syscalls.clear();
  for (Coverage& coverage : module.coverage) {
    coverage.state = "absent";
  }
  CHECK(compare(kernel("complete"), module).findings.empty());
  CHECK(compare(module, kernel("complete")).findings.empty());
}

TEST_CASE("the configuration that switched it off is the cause") {
  const Report report = compare(kernel("unlisted", {"CONFIG_64BIT=y", "CONFIG_IA32_EMULATION=y"}),
                                kernel("absent", {"CONFIG_64BIT=y"}));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].cause == "CONFIG_IA32_EMULATION: y → n");
  CHECK(compare(kernel("unlisted", {"CONFIG_64BIT=y"}), kernel("absent", {"CONFIG_64BIT=y"}))
            .findings[0]
            .cause.empty());
}

}  // namespace
}  // namespace kapi
