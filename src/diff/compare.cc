// SPDX-License-Identifier: GPL-2.0-only
// From two corpora to a report: what can be compared, what changed, what it means, where to see it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diff/common_ground.h"
#include "diff/judge.h"
#include "diff/layout.h"
#include "diff/match.h"
#include "diff/preflight.h"
#include "diff/scope.h"
#include "diff/text.h"

namespace kapi {
namespace {

// Where in its image one side of a change is to be seen.
class Evidence {
 public:
  explicit Evidence(const Corpus& corpus) {
    for (const auto& origin : corpus.source.origins) {
      origins_.emplace(origin.subject, &origin);
    }
  }

  std::string text(const Change& change, const Side& side) const {
    if (!side.place.empty()) {
      return side.place;
    }
    if (side.syscall != nullptr) {
      return fmt::format("entry {} of the {} table, {}", side.syscall->number, side.syscall->abi,
                         side.syscall->entry);
    }
    if (const auto* constant = side.as<Constant>()) {
      return constant->header;
    }
    const auto found = origins_.find(change.root);
    if (found == origins_.end()) {
      return {};
    }
    const Origin& origin = *found->second;
    std::string place = origin.section;
    if (!origin.module.empty()) {
      place = fmt::format("module {}{}{}", origin.module, place.empty() ? "" : ", ", place);
    }
    if (origin.address) {
      place += (place.empty() ? "" : " ") + ("at " + to_text(*origin.address));
    } else if (origin.offset) {
      place += (place.empty() ? "" : " ") + ("at file offset " + to_text(*origin.offset));
    }
    return join({place, origin.symbol}, ", ");
  }

 private:
  std::map<std::string, const Origin*> origins_;
};

std::string difference(const std::string& what, const std::string& old_value,
                       const std::string& new_value) {
  return fmt::format(
      "the inputs are of different {}: {} and {}; their syscall numbers, error numbers and flag "
      "values need not agree (--allow-arch-mismatch compares them all the same)",
      what, old_value, new_value);
}

std::string machine_obstacle(const Source& a, const Source& b) {
  if (!a.architecture.empty() && !b.architecture.empty() && a.architecture != b.architecture) {
    return difference("architectures", a.architecture, b.architecture);
  }
  if (a.bits != 0 && b.bits != 0 && a.bits != b.bits) {
    return difference("word sizes", fmt::format("{} bits", a.bits), fmt::format("{} bits", b.bits));
  }
  if (!a.endianness.empty() && !b.endianness.empty() && a.endianness != b.endianness) {
    return difference("endianness", a.endianness, b.endianness);
  }
  return {};
}

}  // namespace

std::string comparison_obstacle(const Corpus& old_corpus, const Corpus& new_corpus,
                                const CompareOptions& options) {
  if (!options.allow_arch_mismatch) {
    std::string obstacle = machine_obstacle(old_corpus.source, new_corpus.source);
    if (!obstacle.empty()) {
      return obstacle;
    }
  }
  const Scope scope = scope_of(old_corpus, new_corpus);
  if (scope.comparable()) {
    return {};
  }
  std::vector<std::string> reasons;
  for (const auto& row : scope.coverage) {
    reasons.push_back(row.fact + ": " + row.detail);
  }
  return fmt::format(
      "there is nothing that both inputs hold and that could be read ({}); give two images that "
      "carry API specs or syscall tables, with their symbols",
      reasons.empty() ? "neither states what it covers" : join(reasons, "; "));
}

Report compare(const Corpus& old_whole, const Corpus& new_whole) {
  const CommonGround common(old_whole, new_whole);
  const Corpus& old_corpus = common.old_corpus();
  const Corpus& new_corpus = common.new_corpus();
  Scope scope = scope_of(old_corpus, new_corpus);
  const Names old_names(old_corpus);
  const Names new_names(new_corpus);
  const Evidence old_evidence(old_corpus);
  const Evidence new_evidence(new_corpus);
  const auto evidence = [&](const Change& change) {
    if (is_layout(change)) {
      return users_text(change);
    }
    const std::string old_text = old_evidence.text(change, change.old_side);
    const std::string new_text = new_evidence.text(change, change.new_side);
    return join(
        {old_text.empty() ? "" : "old: " + old_text, new_text.empty() ? "" : "new: " + new_text},
        "; ");
  };
  Report report;
  report.old_source = old_corpus.source;
  report.new_source = new_corpus.source;
  // What of them matters here is in the preflight.
  report.old_source.config.clear();
  report.new_source.config.clear();
  report.findings = judge(match(old_corpus, new_corpus, scope, old_names, new_names), evidence);
  Preflight differences = preflight(old_corpus, new_corpus, report.findings);
  report.preflight = std::move(differences.differences);
  report.coverage = std::move(scope.coverage);
  report.coverage.push_back(std::move(differences.config));
  report.coverage.insert(report.coverage.end(), common.left_out().begin(), common.left_out().end());
  return report;
}

Summary Report::summary() const {
  Summary sum;
  for (const Finding& finding : findings) {
    sum.consequences += finding.consequences.size();
    if (finding.waiver) {
      sum.waived++;
    } else if (finding.known) {
      sum.known++;
    } else {
      (finding.severity == Severity::breaking ? sum.breaking
       : finding.severity == Severity::review ? sum.review
                                              : sum.info)++;
    }
  }
  return sum;
}

}  // namespace kapi
