// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "diff/layout.h"
#include "diff/rule.h"
#include "diff/subject.h"

namespace kapi {
namespace {

bool claims(const Rule& rule, const Change& change) {
  return std::any_of(rule.claims.begin(), rule.claims.end(), [&](const Claim& claim) {
    return claim.element == change.element && claim.action == change.action &&
           claim.member == change.member;
  });
}

// Whether a value alone would not tell which member it is of.
bool names_member(const Rule& rule, const Change& change) {
  if (change.member.empty() || &rule == &rule_spec_changed) {
    return !change.member.empty();
  }
  return std::any_of(rule.claims.begin(), rule.claims.end(), [&](const Claim& claim) {
    return claim.element == change.element && claim.action == change.action &&
           claim.member != change.member;
  });
}

std::string with_member(const Change& change, const std::string& value) {
  return value.empty() ? value : change.member + ": " + value;
}

// What a reader calls it: "syscall openat (x86_64)", "struct open_how".
std::string spoken(const std::string& root) {
  constexpr std::string_view kSyscall = "syscall/";
  if (const size_t slash = root.find('/');
      is_type(root) || is_enumerator(root) || is_table_entry(root)) {
    return root.substr(0, slash) + " " + root.substr(slash + 1);
  }
  const size_t slash = root.starts_with(kSyscall) ? root.find('/', kSyscall.size()) : root.npos;
  return slash == root.npos ? root
                            : fmt::format("syscall {} ({})", root.substr(slash + 1),
                                          root.substr(kSyscall.size(), slash - kSyscall.size()));
}

std::string fill(std::string_view pattern, const Change& change, const Finding& finding,
                 const std::string& witnesses) {
  const auto or_none = [](const std::string& text) { return text.empty() ? "none" : text; };
  const std::pair<std::string_view, std::string> kFields[] = {
      {"{root}", spoken(change.root)},
      {"{name}", change.name},
      {"{member}", change.member},
      {"{before}", or_none(finding.before)},
      {"{after}", or_none(finding.after)},
      {"{witness}", witnesses.empty() ? finding.witness : witnesses}};
  std::string text;
  while (!pattern.empty()) {
    const auto field = std::find_if(std::begin(kFields), std::end(kFields), [&](const auto& entry) {
      return pattern.starts_with(entry.first);
    });
    const bool found = field != std::end(kFields);
    text += found ? field->second : std::string(pattern.substr(0, 1));
    pattern.remove_prefix(found ? field->first.size() : 1);
  }
  return text;
}

Finding finding_of(const Rule& rule, const Change& change, Verdict verdict) {
  const bool prefixed = names_member(rule, change);
  Finding finding;
  finding.rule = rule.info.id;
  finding.severity =
      is_internal(change) ? Severity::info : verdict.severity.value_or(rule.info.severity);
  finding.effect_of = change.effect_of;
  finding.subject = verdict.subject.value_or(change.subject);
  finding.before =
      verdict.before.value_or(prefixed ? with_member(change, change.before) : change.before);
  finding.after =
      verdict.after.value_or(prefixed ? with_member(change, change.after) : change.after);
  finding.witness = std::move(verdict.witness);
  finding.message = fill(verdict.message.empty() ? rule.message : verdict.message, change, finding,
                         verdict.witnesses);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

}  // namespace

std::string fingerprint_of(const Finding& finding) {
  const std::string text = fmt::format("{}\x1f{}\x1f{}\x1f{}", finding.rule, finding.subject,
                                       finding.before, finding.after);
  return fmt::format("{:016x}", fnv1a64(text));
}

std::vector<Finding> judge(const std::vector<Change>& changes,
                           const std::function<std::string(const Change&)>& evidence) {
  std::vector<Finding> findings;
  std::set<std::string> seen;
  const auto add = [&](const Rule& rule, const Change& change, Verdict verdict) {
    Finding finding = finding_of(rule, change, std::move(verdict));
    if (seen.insert(finding.fingerprint).second) {
      finding.evidence = evidence(change);
      findings.push_back(std::move(finding));
    }
  };
  for (const Change& change : changes) {
    bool claimed = false;
    for (const Rule* rule : rule_table()) {
      if (!claims(*rule, change)) {
        continue;
      }
      if (auto verdict = rule->judge == nullptr ? Verdict() : rule->judge(change)) {
        add(*rule, change, std::move(*verdict));
        claimed = true;
      }
    }
    if (!claimed) {
      add(rule_spec_changed, change, {});
    }
  }
  sort_findings(findings);
  return findings;
}

void sort_findings(std::vector<Finding>& findings) {
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    // The most severe first.
    return std::tie(b.severity, a.subject, a.rule, a.before, a.after) <
           std::tie(a.severity, b.subject, b.rule, b.before, b.after);
  });
}

}  // namespace kapi
