// SPDX-License-Identifier: GPL-2.0-only
// diff: what changed between two corpora, and what that means for a program.
//
//   Report report = compare(old_corpus, new_corpus);
//
// Three steps that know nothing of each other: matching lists Changes (subject, path, before,
// after: no verdict, no prose); rules turn Changes into Findings; the report adds what was compared
// and what was not. A rule is one file in src/diff/rules/.
//
// Every change is claimed by a rule: where no special rule speaks, a general one does, so that no
// difference between two corpora goes unsaid. What a report holds is listed once, in the `members`
// of its structs, from which its JSON and its schema follow.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"

namespace kapi {

inline constexpr int kReportSchema = 1;

enum class Severity { info, review, breaking };
std::string_view name(Severity severity);
std::optional<Severity> severity_from_name(std::string_view name);

// A judged change. `before` and `after` are short canonical texts; one is empty for what was added
// or removed.
struct Finding {
  std::string rule;
  Severity severity = Severity::review;
  std::string subject;  // "sys_open/params/flags"
  std::string before;
  std::string after;
  std::string witness;      // a value or call for which the two differ
  std::string evidence;     // where in which image
  std::string fingerprint;  // 16 hex digits of rule, subject, before and after
  std::string message;      // one sentence

  bool operator==(const Finding&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("rule", self.rule);
    visit("severity", self.severity);
    visit("subject", self.subject);
    visit("before", self.before);
    visit("after", self.after);
    visit("witness", self.witness);
    visit("evidence", self.evidence);
    visit("fingerprint", self.fingerprint);
    visit("message", self.message);
  }
};

// One kind of fact, and how the comparison stood to it.
struct Compared {
  std::string fact;  // "specs", "syscalls/x86_64"
  bool compared = false;
  // True if the input has the fact and it could not be read, or was read in part only: a clean
  // result then means nothing for it.
  bool failed = false;
  std::string detail;  // "8 and 8 APIs"; or why it was not compared

  bool operator==(const Compared&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("fact", self.fact);
    visit("compared", self.compared);
    visit("failed", self.failed);
    visit("detail", self.detail);
  }
};

// How many findings there are of each severity.
struct Summary {
  uint64_t breaking = 0;
  uint64_t review = 0;
  uint64_t info = 0;

  bool operator==(const Summary&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("breaking", self.breaking);
    visit("review", self.review);
    visit("info", self.info);
  }
};

struct Report {
  int schema = kReportSchema;
  Source old_source;
  Source new_source;
  std::vector<Compared> coverage;
  std::vector<Finding> findings;  // most severe first, then subject, rule, before, after

  size_t count(Severity severity) const;
  Summary summary() const {
    return {count(Severity::breaking), count(Severity::review), count(Severity::info)};
  }

  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("schema", self.schema);
    visit("old", self.old_source);
    visit("new", self.new_source);
    visit("coverage", self.coverage);
    visit("summary", self.summary());
    visit("findings", self.findings);
  }
};

struct CompareOptions {
  bool allow_arch_mismatch = false;
};

// Why two corpora cannot be compared at all (architectures, nothing in common), with what to do;
// empty if they can.
std::string comparison_obstacle(const Corpus& old_corpus, const Corpus& new_corpus,
                                const CompareOptions& options);

// Compares two canonical corpora. Needs no obstacle to be absent, but says more if there is none.
Report compare(const Corpus& old_corpus, const Corpus& new_corpus);

// A rule, as documentation.
struct RuleInfo {
  std::string_view id;       // kebab-case, stable for ever
  Severity severity;         // default
  std::string_view twin;     // the rule that fires when the sides are swapped; may be itself
  std::string_view summary;  // one line: what it means
  std::string_view why;      // why it matters, a paragraph
  std::string_view example;
  std::string_view remedy;  // what to do
};
// All rules in order of id.
std::vector<RuleInfo> rules();
std::optional<RuleInfo> find_rule(std::string_view id);

}  // namespace kapi
