// SPDX-License-Identifier: GPL-2.0-only
// Verdicts: severities, witnesses, fingerprints, evidence, order.
#include <doctest/doctest.h>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

// The findings of one change of the first API of the full corpus.
template <class Edit>
Report after(Edit edit, const std::string& kind = "syscall") {
  Corpus before = full_corpus();
  before.apis[0].kind = kind;
  Corpus changed = before;
  edit(changed.apis[0]);
  canonicalise(changed);
  return compare(before, changed);
}

// Computed here once more, from what the report shows.
std::string fnv(const Finding& f) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : f.rule + '\x1f' + f.subject + '\x1f' + f.before + '\x1f' + f.after) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  }
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) {
    digits += "0123456789abcdef"[hash >> shift & 15];
  }
  return digits;
}

const Finding& only(const Report& report) {
  REQUIRE(report.findings.size() == 1);
  return report.findings[0];
}

TEST_CASE("severities of functions that only the kernel calls") {
  const auto demand = [](Api& api) { api.locks[0].scope = "caller_held"; };
  CHECK(only(after(demand)).severity == Severity::review);
  CHECK(only(after(demand, "function")).severity == Severity::breaking);
  const auto context = [](Api& api) { api.contexts = {"process"}; };
  CHECK(only(after(context)).severity == Severity::review);
  CHECK(only(after(context, "function")).severity == Severity::breaking);
  const auto reorder = [](Api& api) {
    std::swap(api.params[0], api.params[1]);
    api.params[0].size_param = 0;
    api.params[1].size_param = 0;
  };
  CHECK(only(after(reorder)).severity == Severity::breaking);
  CHECK(only(after(reorder, "function")).severity == Severity::review);
}

TEST_CASE("witnesses") {
  SUBCASE("the smallest value that is lost, in both notations") {
    const Report report = after([](Api& api) { api.params[0].constraint->mask = Bits{0x3}; });
    CHECK(only(report).rule == "param-constraint-tightened");
    CHECK(only(report).witness == "0x4 (4)");
    CHECK(only(report).before == "mask 0x7");
    CHECK(only(report).after == "mask 0x3");
  }
  SUBCASE("of a mask without limits in an int, not a bit that an int lacks") {
    Corpus before = full_corpus();
    before.apis[0].params[0].constraint.reset();
    before.apis[0].params[0].type_name = "int buf";
    before.apis[0].params[0].type = "int";
    Corpus now = before;
    now.apis[0].params[0].constraint = Constraint{"mask", {}, {}, Bits{0x7fffffff}, {}, {}, {}};
    // Of all ints only the negative ones have a bit outside; the first as a 64-bit pattern.
    CHECK(only(compare(before, now)).witness == "-2147483648 (0xffffffff80000000)");
  }
  SUBCASE("lengths of strings") {
    Corpus before = full_corpus();
    before.apis[0].params[0].constraint = Constraint{"user_string", 1, 255, {}, {}, {}, {}};
    Corpus now = before;
    now.apis[0].params[0].constraint->min = 6;
    CHECK(only(compare(before, now)).rule == "param-constraint-tightened");
    CHECK(only(compare(before, now)).witness == "a string of 1 byte");
    CHECK(only(compare(now, before)).rule == "param-constraint-loosened");
  }
  SUBCASE("sizes of buffers") {
    Corpus before = full_corpus();
    before.apis[0].params[0].constraint = Constraint{"user_ptr", {}, {}, {}, {}, {}, 16};
    Corpus now = before;
    now.apis[0].params[0].constraint->size = 24;
    CHECK(only(compare(before, now)).rule == "param-constraint-tightened");
    CHECK(only(compare(before, now)).witness == "a buffer of 16 bytes");
  }
  SUBCASE("none where nothing is proved") {
    Corpus before = full_corpus();
    Corpus now = before;
    now.apis[0].params[0].constraint = Constraint{"custom", {}, {}, {}, {}, {}, {}};
    CHECK(only(compare(before, now)).rule == "param-constraint-unproven");
    CHECK(only(compare(before, now)).witness.empty());
  }
}

TEST_CASE("flags of a parameter are told apart") {
  Corpus before = full_corpus();
  before.apis[0].params[0].flags = {"in", "optional", "user"};
  Corpus now = before;
  now.apis[0].params[0].flags = {"const", "inout"};
  const Report report = compare(before, now);
  CHECK(said(report) ==
        std::multiset<Said>{{"param-direction-changed", "sys_one/params/buf", "in", "inout"},
                            {"param-optional-lost", "sys_one/params/buf", "optional", ""},
                            {"param-flags-changed", "sys_one/params/buf", "user", "const"}});
}

TEST_CASE("a fingerprint depends on rule, subject, before and after only") {
  Corpus before = full_corpus();
  Corpus now = before;
  now.apis[0].errors[0].code = -95;
  const Finding first = only(compare(before, now));
  CHECK(first.fingerprint == fnv(first));
  CHECK(first.fingerprint.size() == 16);

  now.source.file = "elsewhere";
  now.source.release = "7.0";
  now.source.origins.clear();
  now.apis[0].notes = "Another finding.";
  const Report other = compare(before, now);
  CHECK(std::any_of(other.findings.begin(), other.findings.end(),
                    [&](const Finding& f) { return f.fingerprint == first.fingerprint; }));
  now.apis[0].errors[0].code = -96;
  for (const Finding& finding : compare(before, now).findings) {
    CHECK(finding.fingerprint != first.fingerprint);
  }
}

TEST_CASE("members of one element with equal values are different findings") {
  const Report report = after([](Api& api) {
    api.signals[0].queue_behavior = "same";
    api.signals[0].timing = "same";
    api.signals[0].target = "same";
  });
  CHECK(report.findings.size() == 3);
}

TEST_CASE("evidence names the place in each image") {
  const Report report = after([](Api& api) { api.notes = "Other."; });
  CHECK(only(report).evidence ==
        "old: .rodata at 0x1000, __kapi_spec_sys_one; new: .rodata at 0x1000, __kapi_spec_sys_one");
  Corpus before = full_corpus();
  Corpus now = before;
  now.syscalls.pop_back();
  CHECK(only(compare(before, now)).evidence == "old: entry 2 of the x86_64 table, __x64_sys_two");
}

TEST_CASE("the most severe comes first") {
  Corpus before = full_corpus();
  Corpus now = before;
  now.apis.pop_back();
  now.apis[0].notes = "Other.";
  now.apis[0].errors.push_back({"EZZZ", -200, "", ""});
  const Report report = compare(before, now);
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0].rule == "api-removed");
  CHECK(report.findings[1].rule == "error-added");
  CHECK(report.findings[2].rule == "words-changed");
  CHECK(report.summary().breaking == 1);
  CHECK(report.summary().review == 1);
  CHECK(report.summary().info == 1);
}

TEST_CASE("long texts are cut to where they differ, between characters") {
  std::string prose;
  for (int i = 0; i < 100; i++) {
    prose += "äöü ";
  }
  const Report report = [&] {
    Corpus before = full_corpus();
    before.apis[0].notes = prose + "end.";
    Corpus now = before;
    now.apis[0].notes = prose + "END.";
    return compare(before, now);
  }();
  CHECK(only(report).before.size() < 200);
  CHECK(is_utf8(only(report).before));
  CHECK(only(report).before.ends_with("end."));
  CHECK(only(report).after.ends_with("END."));
}

TEST_CASE("rules are documented, have twins or say why not, and are listed by id") {
  const auto all = rules();
  CHECK(all.size() > 90);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; }));
  for (const RuleInfo& rule : all) {
    CAPTURE(rule.id);
    CHECK(rule.twin.empty() != rule.no_twin.empty());
    if (!rule.twin.empty()) {
      const auto twin = find_rule(rule.twin);
      REQUIRE(twin.has_value());
      CHECK(twin->twin == rule.id);
    }
    for (const auto text : {rule.summary, rule.why, rule.example, rule.remedy}) {
      CHECK_FALSE(text.empty());
    }
    CHECK(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == rule.id.npos);
  }
  CHECK_FALSE(find_rule("no-such-rule").has_value());
}

TEST_CASE("severities have names") {
  for (const Severity severity : {Severity::info, Severity::review, Severity::breaking}) {
    CHECK(severity_from_name(name(severity)) == severity);
  }
  CHECK_FALSE(severity_from_name("fatal").has_value());
}

}  // namespace
}  // namespace kapi
