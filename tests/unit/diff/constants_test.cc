// SPDX-License-Identifier: GPL-2.0-only
// Names for numbers: one name is one thing, wherever it is declared, and what one side's scope did
// not reach is not gone.
#include "diff/constants.h"

#include <doctest/doctest.h>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

Corpus holding(std::vector<Constant> constants, const std::vector<std::string>& facts) {
  Corpus corpus;
  corpus.source = full_source();
  for (const std::string& fact : facts) {
    corpus.coverage.push_back(complete(fact));
  }
  corpus.constants = std::move(constants);
  canonicalise(corpus);
  return corpus;
}
const std::vector<std::string> kAll = {"constants", "enumerators"};

Constant enumerator(const std::string& name, int64_t value) { return {name, "command", "", value}; }
Constant macro(const std::string& name, int64_t value, const std::string& header = "linux/fs.h") {
  return {name, "", header, value};
}

using Judged = std::multiset<std::string>;
Judged judged(const Corpus& before, const Corpus& after) {
  CHECK(compare(before, before).findings.empty());
  const Report forth = compare(before, after);
  CHECK(twins(forth) == said(compare(after, before)));
  Judged all;
  for (const Finding& f : forth.findings) {
    all.insert(f.rule + " " + std::string(name(f.severity)) + " " + f.subject);
  }
  return all;
}
Judged judged(std::vector<Constant> before, std::vector<Constant> after,
              const std::vector<std::string>& facts = kAll) {
  return judged(holding(std::move(before), facts), holding(std::move(after), facts));
}

TEST_CASE("what changes whenever something else comes") {
  for (const char* name :
       {"__IFLA_MAX", "IFLA_MAX", "MAX_TYPES", "NR_OPEN", "NUM_CGROUPS", "REL_CNT", "KVM_NR_VAPIC",
        "LINUX_VERSION_CODE", "BPF_LAST", "BPF_TCP_MAX_STATES", "RDMA_NLDEV_NUM_OPS", "NSIGSEGV",
        "__NFT_META_IIFTYPE"}) {
    CHECK_MESSAGE(is_sentinel(name), name);
  }
  for (const char* name : {"O_CREAT", "MAXIMUM", "NRX", "", "___", "FS_CLIMAX"}) {
    CHECK_FALSE_MESSAGE(is_sentinel(name), name);
  }
  CHECK(is_whole_mask("FALLOC_FL_VALID_MASK"));
  CHECK_FALSE(is_whole_mask("MASKED"));
}

TEST_CASE("values that came, went and changed") {
  const Constant first = enumerator("FIRST", 0);
  CHECK(judged({first}, {first, enumerator("NEXT", 1)}) ==
        Judged{"enumerator-added info enum/command/NEXT"});
  CHECK(judged({first, enumerator("NEXT", 1)}, {first}) ==
        Judged{"enumerator-removed breaking enum/command/NEXT"});
  CHECK(judged({first}, {enumerator("FIRST", 1)}) ==
        Judged{"enumerator-renumbered breaking enum/command/FIRST"});
  CHECK(judged({macro("O_A", 1)}, {macro("O_A", 2)}) ==
        Judged{"constant-changed breaking constant/O_A"});
  CHECK(judged({macro("O_A", 1)}, {}) == Judged{"constant-removed review constant/O_A"});
  CHECK(judged({}, {macro("O_A", 1)}) == Judged{"constant-added info constant/O_A"});
}

TEST_CASE("sentinels and masks of all values are only noted") {
  CHECK(judged({enumerator("__MAX", 1), macro("X_ALL", 3), macro("Y_ALL", 3)},
               {enumerator("__MAX", 2), macro("X_ALL", 7), macro("Y_ALL", 5)}) ==
        Judged{"constant-changed breaking constant/Y_ALL", "constant-changed info constant/X_ALL",
               "enumerator-renumbered info enum/command/__MAX"});
  CHECK(judged({enumerator("A", 0), enumerator("A_LAST", 0)}, {enumerator("A", 0)}) ==
        Judged{"enumerator-removed info enum/command/A_LAST"});
}

TEST_CASE("the families that are told together") {
  CHECK(family_of("TCA_CBQ_RATE") == "TCA_CBQ");
  CHECK(family_of("__KVM_OLD_X") == "__KVM_OLD");
  CHECK(family_of("PORT_BFIN") == "PORT");
  CHECK(family_of("X") == "X");
}

TEST_CASE("a name that is declared elsewhere is the same name") {
  const Constant value = enumerator("IPPROTO_TCP", 6);
  const std::vector<std::vector<Constant>> forms = {
      {value},
      {macro("IPPROTO_TCP", 6)},
      {macro("IPPROTO_TCP", 6, "linux/in.h")},
      {{"IPPROTO_TCP", "other", "", 6}},
      {value, macro("IPPROTO_TCP", 6)},
      {value, macro("IPPROTO_TCP", 6), macro("IPPROTO_TCP", 7, "linux/odd.h")}};
  for (const auto& before : forms) {
    for (const auto& after : forms) {
      CHECK(judged(before, after).empty());
    }
  }
}

TEST_CASE("a value that is not known is not compared") {
  Constant unknown = macro("O_A", 0);
  unknown.value.reset();
  CHECK(judged({unknown}, {macro("O_A", 1)}).empty());
  CHECK(judged({unknown}, {}) == Judged{"constant-removed review constant/O_A"});
}

TEST_CASE("what a side's scope does not reach is not gone") {
  const std::vector<std::string> image = {"enumerators"};
  const Constant other = {"OTHER", "another", "", 0};
  // The enumeration as a whole: no syscall leads to it there.
  CHECK(judged({enumerator("A", 0), other}, {other}, image).empty());
  CHECK(judged({enumerator("A", 0), other}, {other}).size() == 1);
  // A value of one that is there.
  CHECK(judged({enumerator("A", 0), enumerator("B", 1)}, {enumerator("A", 0)}, image).size() == 1);
  // Headers that one side alone was read with.
  CHECK(judged(holding({macro("O_A", 1), enumerator("A", 0)}, kAll),
               holding({enumerator("A", 0)}, image))
            .empty());
  // Headers that were read in part.
  Corpus partial = holding({}, kAll);
  partial.coverage[0].state = "partial";
  CHECK(judged(holding({macro("O_A", 1)}, kAll), partial).empty());
  CHECK(coverage_of(compare(partial, partial), "constants")->failed);
}

TEST_CASE("one enumeration and one header are each told as one") {
  const auto told = [](std::vector<Constant> before, std::vector<Constant> after) {
    Report report = compare(holding(std::move(before), kAll), holding(std::move(after), kAll));
    fold(report);
    std::vector<std::string> all;
    for (const Finding& f : report.findings) {
      all.push_back(f.rule + " " + std::to_string(f.consequences.size()));
    }
    return all;
  };
  using Told = std::vector<std::string>;
  CHECK(told({enumerator("A", 0), enumerator("B", 1), enumerator("__MAX", 2)},
             {enumerator("A", 0), enumerator("NEW", 1), enumerator("B", 2),
              enumerator("__MAX", 3)}) == Told{"enumerator-renumbered 2"});
  CHECK(told({}, {macro("A", 0), macro("B", 1), macro("C", 2, "linux/kvm.h")}) ==
        Told{"constant-added 1", "constant-added 0"});
  // A family that left its header.
  CHECK(told({macro("TCA_CBQ_A", 0), macro("TCA_CBQ_B", 1), macro("TCA_ATM_A", 1), macro("E", 2)},
             {macro("E", 2)}) == Told{"constant-removed 0", "constant-removed 1"});
  // An enumeration that is gone as a whole.
  CHECK(judged({enumerator("A", 0), enumerator("B", 1)}, {macro("E", 2)}) ==
        Judged{"constant-added info constant/E", "enumerator-removed review enum/command/A",
               "enumerator-removed review enum/command/B"});
  // What went with its header, and what went alone.
  CHECK(told({macro("A", 0), macro("B", 1), macro("C", 2, "linux/kvm.h"),
              macro("D", 2, "linux/kvm.h"), macro("E", 2, "linux/kvm.h")},
             {macro("E", 2, "linux/kvm.h")}) ==
        Told{"constant-removed 1", "constant-removed 0", "constant-removed 0"});
}

}  // namespace
}  // namespace kapi
