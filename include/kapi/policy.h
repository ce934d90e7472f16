// SPDX-License-Identifier: GPL-2.0-only
// policy: what a project makes of findings: severities, scope, waivers, and what it knew before.
//
//   PolicyFile file = read_policy(text, "kapitool.toml");  // file.problems: all that is wrong
//   Report report = compare(old_corpus, new_corpus);
//   apply(report, file.policy, policy_context(old_corpus, new_corpus, today));
//   apply_baseline(report, stream, "baseline.json");
//   fold(report);
//
// A policy never makes findings disappear without a word: what it leaves out is counted in the
// report's coverage, what it accepts stays in the report with the reason, and a waiver that has
// expired or accepts nothing is a finding of its own. docs/kapitool.toml shows all there is.
#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/diff.h"
#include "kapi/model.h"

namespace kapi {

// ---- dates -------------------------------------------------------------------------------------

using Date = std::chrono::year_month_day;
std::string date_text(const Date& date);                    // "2027-03-31"
std::optional<Date> date_from_text(std::string_view text);  // that form, and a day that exists
Date date_of(int64_t seconds);                              // since 1970, in UTC

// ---- the policy file ---------------------------------------------------------------------------

inline constexpr int kPolicyVersion = 1;
inline constexpr std::string_view kPolicyFileName = "kapitool.toml";
// More than a policy ever needs; a longer text is refused.
inline constexpr size_t kPolicySizeLimit = size_t{4} << 20;

// Findings that are accepted: those with a fingerprint of the list, or else those of `rule` whose
// subject matches the glob.
struct WaiverEntry {
  std::vector<std::string> fingerprints;  // 16 hex digits each
  std::string rule;
  std::string subject;
  std::string reason;
  std::optional<Date> expires;  // the last day it holds
  size_t line = 0;              // where the entry begins, from 1

  bool expired(const Date& today) const { return expires && *expires < today; }
};

// Globs over the names of APIs, and kinds of APIs. An empty list allows all.
struct PolicyScope {
  std::vector<std::string> apis;
  std::vector<std::string> exclude_apis;
  std::vector<std::string> kinds;
};

struct Policy {
  std::string file;     // as it is named in messages
  std::string fail_on;  // a severity or "never"; empty if the file does not say
  // By id of rule; nothing: findings of that rule are left out.
  std::map<std::string, std::optional<Severity>, std::less<>> severities;
  PolicyScope scope;
  std::vector<WaiverEntry> waivers;

  std::string place(const WaiverEntry& waiver) const;  // "kapitool.toml:12"
};

// Whether findings of the rule are about entries of a policy, which no waiver can accept.
bool is_about_waivers(std::string_view rule);

struct PolicyProblem {
  size_t line = 1;
  size_t column = 1;  // in characters
  std::string message;
};

struct PolicyFile {
  Policy policy;                        // whole only if there are no problems
  std::vector<PolicyProblem> problems;  // in order of place
};
// Any text; what is no TOML is the only problem told of it.
PolicyFile read_policy(std::string_view text, std::string file);

// Whether a glob matches the whole of a text: '*' stands for any characters but '/', '**' for any,
// '?' for one that is not '/'; '\' takes the special meaning from what follows. The time is
// bounded by the product of the lengths.
bool glob_matches(std::string_view glob, std::string_view text);

// ---- applying it -------------------------------------------------------------------------------

// What a policy must know of a comparison besides its findings.
struct PolicyContext {
  Date today;
  // The kinds of each API: one, or two if the sides do not agree.
  std::map<std::string, std::vector<std::string>, std::less<>> kinds;
  // Whether each side was asked for everything and could say it. If not, or if the report has
  // something that could not be read, a waiver without a finding is not called unused: its finding
  // may be in the rest.
  bool everything = true;
};
PolicyContext policy_context(const Corpus& old_corpus, const Corpus& new_corpus, const Date& today);

// In this order: severities, scope, waivers. Before fold(): each finding by itself.
void apply(Report& report, const Policy& policy, const PolicyContext& context);

// ---- reports as they were written --------------------------------------------------------------

// What is needed of a finding to know it again, or to accept it.
struct ReportedFinding {
  std::string fingerprint;
  std::string rule;
  std::string subject;
  std::vector<ReportedFinding> consequences;
};
// Calls `visit` with each finding of a report of the json format, in its order; holds one at a
// time. Throws InputError if it is no such report, of another schema version, or cut short.
void read_report(std::istream& stream, const std::string& file,
                 const std::function<void(const ReportedFinding&)>& visit);

// Marks the findings that an earlier report holds, there waived or not, as known. Throws as
// read_report() does, and then leaves the report as it was.
void apply_baseline(Report& report, std::istream& stream, const std::string& file);

// ---- accepting a finding -----------------------------------------------------------------------

struct NewWaiver {
  // By fingerprint; rule and subject become a comment where they are known, and consequences are
  // accepted with the finding.
  std::vector<ReportedFinding> findings;
  std::string reason;  // UTF-8
  std::optional<Date> expires;
};
// The policy with one more entry at its end, all else as it was; of an empty text a whole policy.
std::string with_waiver(std::string policy, const NewWaiver& waiver);

}  // namespace kapi
