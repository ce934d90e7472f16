// SPDX-License-Identifier: GPL-2.0-only
// What is not compared, and that it is said.
#include <doctest/doctest.h>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

Coverage& coverage(Corpus& corpus, const std::string& fact) {
  for (Coverage& entry : corpus.coverage) {
    if (entry.fact == fact) {
      return entry;
    }
  }
  corpus.coverage.push_back({fact, "", 0, 0, ""});
  return corpus.coverage.back();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("absence from what was read in part proves nothing") {
  const Corpus whole = full_corpus();
  Corpus part = whole;
  coverage(part, "specs") = {"specs", "partial", 1, 2, ""};
  coverage(part, "syscalls/x86_64") = {"syscalls/x86_64", "partial", 1, 2, ""};
  part.apis.pop_back();
  part.syscalls.pop_back();
  part.apis[0].errors.pop_back();

  const Report report = compare(whole, part);
  CHECK(rules_of(report) == std::set<std::string>{"error-removed"});
  CHECK(coverage_of(report, "specs")->compared);
  CHECK(coverage_of(report, "specs")->failed);
  CHECK(contains(coverage_of(report, "specs")->detail, "new was read in part (1 of 2)"));
  CHECK(coverage_of(report, "syscalls/x86_64")->failed);
  CHECK(twins(report) == said(compare(part, whole)));

  // What the partial side does have, and the whole one does not, is gone.
  Corpus less = whole;
  less.apis.pop_back();
  Corpus partial = whole;
  coverage(partial, "specs").state = "partial";
  CHECK(rules_of(compare(partial, less)) == std::set<std::string>{"api-removed"});
}

TEST_CASE("an API with an error diagnostic is not compared") {
  const Corpus whole = full_corpus();
  Corpus bad = whole;
  bad.apis[0].errors.clear();
  bad.apis[1].notes = "Other.";
  bad.diagnostics = {{Level::error, "count-clamped", "sys_one/errors", "too many", "", {}}};
  const Report report = compare(whole, bad);
  CHECK(rules_of(report) == std::set<std::string>{"words-changed"});
  const Compared& row = *coverage_of(report, "specs");
  CHECK(row.failed);
  CHECK(contains(row.detail, "sys_one (new: count-clamped)"));

  SUBCASE("nor is it removed or added") {
    bad.apis.erase(bad.apis.begin());
    CHECK(rules_of(compare(whole, bad)) == std::set<std::string>{"words-changed"});
    CHECK(rules_of(compare(bad, whole)) == std::set<std::string>{"words-changed"});
  }
  SUBCASE("a name that merely begins alike is another API") {
    bad.diagnostics[0].subject = "sys_on";
    CHECK(rules_of(compare(whole, bad)) == std::set<std::string>{"error-removed", "words-changed"});
  }
  SUBCASE("a warning is no error") {
    bad.diagnostics[0].level = Level::warning;
    CHECK(rules_of(compare(whole, bad)) == std::set<std::string>{"error-removed", "words-changed"});
    CHECK_FALSE(coverage_of(compare(whole, bad), "specs")->failed);
  }
}

TEST_CASE("a syscall with an error diagnostic is not compared") {
  const Corpus whole = full_corpus();
  Corpus bad = whole;
  bad.syscalls[0].number = 77;
  bad.diagnostics = {{Level::error, "bad", "syscall/x86_64/one", "unreadable", "", {}}};
  const Report report = compare(whole, bad);
  CHECK(report.findings.empty());
  CHECK(coverage_of(report, "syscalls/x86_64")->failed);
}

TEST_CASE("a fact that one side cannot show is not compared") {
  struct Case {
    const char* state;
    bool failed;
    const char* says;
  };
  for (const Case& c : {Case{"unread", true, "new: could not be read (why)"},
                        Case{"not_asked", false, "new: not asked for (why)"},
                        Case{"absent", false, "new: none (why)"}}) {
    CAPTURE(c.state);
    const Corpus whole = full_corpus();
    Corpus other = whole;
    for (const char* fact : {"syscalls/x86_64", "signatures/x86_64"}) {
      coverage(other, fact).state = c.state;
      coverage(other, fact).detail = "why";
    }
    other.syscalls.clear();
    const Report report = compare(whole, other);
    CHECK(report.findings.empty());
    const Compared& row = *coverage_of(report, "syscalls/x86_64");
    CHECK_FALSE(row.compared);
    CHECK(row.failed == c.failed);
    CHECK(row.detail == c.says);
  }
}

TEST_CASE("a table that only one side states is not compared") {
  const Corpus whole = full_corpus();
  Corpus more = whole;
  more.coverage.push_back(complete("syscalls/ia32"));
  more.syscalls.push_back(full_syscall("three", 3));
  more.syscalls.back().abi = "ia32";
  canonicalise(more);
  const Report report = compare(more, whole);
  CHECK(report.findings.empty());
  CHECK_FALSE(coverage_of(report, "syscalls/ia32")->compared);
  CHECK(coverage_of(report, "syscalls/ia32")->detail == "new: says nothing of it");
}

TEST_CASE("signatures are not compared where their fact was not read") {
  const Corpus whole = full_corpus();
  Corpus other = whole;
  other.syscalls[0].params.pop_back();
  REQUIRE(rules_of(compare(whole, other)) == std::set<std::string>{"syscall-signature-changed"});
  coverage(other, "signatures/x86_64").state = "absent";
  CHECK(compare(whole, other).findings.empty());
}

TEST_CASE("specs that are gone as a whole are one finding") {
  const Corpus with = full_corpus();
  Corpus without = with;
  without.apis.clear();
  coverage(without, "specs") = {"specs", "absent", 0, 0, "no section"};
  const Report lost = compare(with, without);
  REQUIRE(lost.findings.size() == 1);
  CHECK(lost.findings[0].rule == "specs-lost");
  CHECK(lost.findings[0].subject == "specs");
  CHECK(lost.findings[0].before == "2 APIs");
  CHECK(lost.findings[0].after.empty());
  CHECK(coverage_of(lost, "specs")->compared);
  CHECK(twins(lost) == said(compare(without, with)));
  CHECK(compare(without, without).findings.empty());
  CHECK(coverage_of(compare(without, without), "specs")->detail == "neither has API specs");
  CHECK_FALSE(coverage_of(compare(without, without), "specs")->compared);

  SUBCASE("or left out of a kernel that could hold them") {
    coverage(without, "specs").state = "complete";
    CHECK(rules_of(compare(with, without)) == std::set<std::string>{"specs-lost"});
    CHECK(coverage_of(compare(without, without), "specs")->detail == "neither has API specs");
  }
  SUBCASE("but not if the rest could not be read") {
    coverage(without, "specs").state = "partial";
    CHECK(compare(with, without).findings.empty());
    CHECK(coverage_of(compare(with, without), "specs")->failed);
  }
  SUBCASE("and specs that could not be read are not lost") {
    coverage(without, "specs").state = "unread";
    CHECK(compare(with, without).findings.empty());
    CHECK(coverage_of(compare(with, without), "specs")->failed);
  }
}

TEST_CASE("what cannot be compared at all") {
  const Corpus base = full_corpus();
  CHECK(comparison_obstacle(base, base, {}).empty());

  SUBCASE("machines") {
    Corpus other = base;
    other.source.architecture = "arm64";
    CHECK(contains(comparison_obstacle(base, other, {}), "x86_64 and arm64"));
    CHECK(comparison_obstacle(base, other, {.allow_arch_mismatch = true}).empty());
    other.source.architecture.clear();
    CHECK(comparison_obstacle(base, other, {}).empty());
    other.source.bits = 32;
    CHECK(contains(comparison_obstacle(base, other, {}), "64 bits and 32 bits"));
    other.source.bits = 0;
    other.source.endianness = "big";
    CHECK(contains(comparison_obstacle(base, other, {}), "little and big"));
  }
  SUBCASE("nothing in common") {
    Corpus other = base;
    for (Coverage& entry : other.coverage) {
      entry.state = "unread";
      entry.detail = "no symbols";
    }
    CHECK(contains(comparison_obstacle(base, other, {}),
                   "specs: new: could not be read (no symbols)"));
    CHECK_FALSE(comparison_obstacle({}, {}, {}).empty());
  }
  SUBCASE("specs that are lost are something to say") {
    Corpus other = base;
    other.coverage = {{"specs", "absent", 0, 0, ""}};
    CHECK(comparison_obstacle(base, other, {}).empty());
  }
}

}  // namespace
}  // namespace kapi
