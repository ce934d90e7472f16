// SPDX-License-Identifier: GPL-2.0-only
// What only one of two kinds of input can say is compared on neither side, and is told.
#include <doctest/doctest.h>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

Corpus changed_everywhere() {
  Corpus corpus = full_corpus();
  for (Api& api : corpus.apis) {
    api.params[0].constraint_text = "in other words";
    api.params[0].constraint->mask = Bits{0x3};
    api.signals[0].timing = "before";
    api.return_->success_max = 7;
    api.errors[0].code = -23;
  }
  return corpus;
}

TEST_CASE("what one side cannot say is left out of both") {
  const Corpus image = full_corpus();
  Corpus text = changed_everywhere();
  const size_t all = compare(image, text).findings.size();
  CHECK(all == 10);
  text.source.kind = "debugfs";
  text.source.omits = {"params.constraint_text", "return.success_max", "signals.timing"};
  for (const bool swapped : {false, true}) {
    const Report report = swapped ? compare(text, image) : compare(image, text);
    CHECK(report.findings.size() == 4);
    CHECK(rules_of(report) == std::set<std::string>{swapped ? "param-constraint-loosened"
                                                            : "param-constraint-tightened",
                                                    "error-code-changed"});
    const Compared* row = coverage_of(report, swapped ? "specs/old" : "specs/new");
    REQUIRE(row != nullptr);
    CHECK_FALSE(row->compared);
    CHECK_FALSE(row->failed);
    CHECK(row->detail.find("debugfs") != std::string::npos);
    CHECK(row->detail.find("params.constraint_text, return.success_max, signals.timing") !=
          std::string::npos);
  }
}

TEST_CASE("two inputs of one form are compared in all that it says") {
  Corpus before = full_corpus();
  Corpus after = changed_everywhere();
  before.source.omits = after.source.omits = {"errors.code"};
  CHECK(compare(before, after).findings.size() == 10);
  CHECK(coverage_of(compare(before, after), "specs/old") == nullptr);
}

TEST_CASE("a value given by unknown names is compared with the same words only") {
  const Corpus image = full_corpus();
  Corpus text = full_corpus();
  text.apis[0].params[0].constraint->mask.reset();
  text.apis[0].unresolved = {{"params/buf/constraint/mask", "O_FANCY | O_NEW"}};

  SUBCASE("with a number") {
    const Report report = compare(image, text);
    CHECK(report.findings.empty());
    const Compared* row = coverage_of(report, "specs/unresolved");
    REQUIRE(row != nullptr);
    CHECK_FALSE(row->compared);
    CHECK(row->detail.find("sys_one/params/buf/constraint (O_FANCY | O_NEW)") != std::string::npos);
  }
  SUBCASE("with the same words") {
    const Report report = compare(text, text);
    CHECK(report.findings.empty());
    CHECK(coverage_of(report, "specs/unresolved") == nullptr);
  }
  SUBCASE("with other words") {
    Corpus other = text;
    other.apis[0].unresolved[0].expression = "O_FANCY";
    const Report report = compare(text, other);
    CHECK(report.findings.empty());
    CHECK(coverage_of(report, "specs/unresolved") != nullptr);
  }
  SUBCASE("other changes of the same API are found") {
    text.apis[0].params[1].constraint->mask = Bits{0x1};
    text.apis[1].params[0].constraint->mask = Bits{0x1};
    CHECK(compare(image, text).findings.size() == 2);
  }
}

TEST_CASE("a path that leads nowhere leaves nothing out") {
  const Corpus image = full_corpus();
  Corpus text = changed_everywhere();
  text.source.omits = {"", "nothing", "params", "params.nothing", "params..", "version.x"};
  text.source.omits.erase(text.source.omits.begin() + 2);
  text.apis[0].unresolved = {{"", "x"}, {"/", "x"}, {"params/", "x"}, {"params/none/size", "x"}};
  CHECK(compare(image, text).findings.size() == 10);
}

}  // namespace
}  // namespace kapi
