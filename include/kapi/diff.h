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

// Why a finding does not count: somebody accepted it and says so.
struct Waiver {
  std::string reason;
  std::string expires;  // the last day it holds, "2027-03-31"; empty: it does not expire
  std::string place;    // "kapitool.toml:12"

  bool operator==(const Waiver&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("reason", self.reason);
    visit("expires", self.expires);
    visit("place", self.place);
  }
};

// A finding that is told under another one because one changed thing made both. Never more severe
// than that.
struct Consequence {
  std::string rule;
  Severity severity = Severity::review;
  std::string subject;
  std::string before;
  std::string after;
  std::string witness;
  std::string evidence;
  std::string fingerprint;
  std::string message;

  bool operator==(const Consequence&) const = default;
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
  // The difference between the inputs that explains it, as in Report::preflight:
  // "CONFIG_AIO: y → n".
  std::string cause;
  std::optional<Waiver> waiver;
  bool known = false;  // the baseline held it already
  std::vector<Consequence> consequences;
  // Subjects whose change made this one, for fold(): the struct that another holds by value, the
  // syscall without which none leads to a type. No part of the report.
  std::vector<std::string> effect_of;

  // Whether it counts: for the summary and the exit status.
  bool stands() const { return !waiver && !known; }

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
    visit("cause", self.cause);
    visit("waiver", self.waiver);
    visit("known", self.known);
    visit("consequences", self.consequences);
  }
};

// A difference between the inputs themselves, not between their contracts, that can be the reason
// of findings: architecture, configuration, compiler, revision of the spec layout.
struct Difference {
  std::string what;  // "CONFIG_AIO", "compiler"
  std::string before;
  std::string after;
  std::string effect;     // what it makes differ, one sentence; empty if nothing is known
  uint64_t explains = 0;  // findings that have it as their cause

  bool operator==(const Difference&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("what", self.what);
    visit("before", self.before);
    visit("after", self.after);
    visit("effect", self.effect);
    visit("explains", self.explains);
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

// How many findings there are: of each severity among those that stand, and of those that do not.
struct Summary {
  uint64_t breaking = 0;
  uint64_t review = 0;
  uint64_t info = 0;
  uint64_t waived = 0;
  uint64_t known = 0;
  uint64_t consequences = 0;  // told under a finding, standing or not

  bool operator==(const Summary&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("breaking", self.breaking);
    visit("review", self.review);
    visit("info", self.info);
    visit("waived", self.waived);
    visit("known", self.known);
    visit("consequences", self.consequences);
  }
};

struct Report {
  int schema = kReportSchema;
  Source old_source;
  Source new_source;
  std::vector<Difference> preflight;
  std::vector<Compared> coverage;
  std::vector<Finding> findings;  // most severe first, then subject, rule, before, after

  Summary summary() const;

  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("schema", self.schema);
    visit("old", self.old_source);
    visit("new", self.new_source);
    visit("preflight", self.preflight);
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
// Each finding by itself: what a policy accepts is decided before fold().
Report compare(const Corpus& old_corpus, const Corpus& new_corpus);

// 16 hex digits of rule, subject, before and after: the same in every run.
std::string fingerprint_of(const Finding& finding);
// Puts the findings into the order that Report::findings states.
void sort_findings(std::vector<Finding>& findings);
// Puts what one changed thing made under one finding: the reason, or else the first of its like.
// Only findings that stand alike (all stand, or all are known, or waived for one reason) are put
// together.
void fold(Report& report);

// A rule, as documentation.
struct RuleInfo {
  std::string_view id;            // kebab-case, stable for ever
  Severity severity;              // default
  std::string_view twin;          // the rule that fires when the sides are swapped; may be itself
  std::string_view no_twin = {};  // why there is none; empty if there is one
  std::string_view summary;       // one line: what it means
  std::string_view why;           // why it matters, a paragraph
  std::string_view example;
  std::string_view remedy;  // what to do
};
// All rules in order of id.
std::vector<RuleInfo> rules();
std::optional<RuleInfo> find_rule(std::string_view id);

}  // namespace kapi
