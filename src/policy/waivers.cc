// SPDX-License-Identifier: GPL-2.0-only
#include "policy/waivers.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

// Documented in src/diff/rules/, fired here.
constexpr std::string_view kWaiverExpired = "waiver-expired";
constexpr std::string_view kWaiverUnused = "waiver-unused";

}  // namespace

bool is_about_waivers(std::string_view rule) {
  return rule == kWaiverExpired || rule == kWaiverUnused;
}

Waivers::Waivers(const Policy& policy, const Date& today)
    : policy_(policy), today_(today), states_(policy.waivers.size()) {
  for (size_t i = 0; i < policy.waivers.size(); i++) {
    const WaiverEntry& waiver = policy.waivers[i];
    for (const std::string& fingerprint : waiver.fingerprints) {
      by_fingerprint_.emplace(fingerprint, i);
    }
    if (waiver.fingerprints.empty()) {
      by_rule_[waiver.rule].push_back(i);
    }
  }
}

// In the order of the file.
std::vector<size_t> Waivers::matches(const Finding& finding) {
  std::vector<size_t> found;
  const auto by_rule = by_rule_.find(finding.rule);
  if (by_rule != by_rule_.end()) {
    for (const size_t i : by_rule->second) {
      if (glob_matches(policy_.waivers[i].subject, finding.subject)) {
        found.push_back(i);
      }
    }
  }
  const auto by_fingerprint = by_fingerprint_.find(finding.fingerprint);
  if (by_fingerprint != by_fingerprint_.end()) {
    met_.insert(by_fingerprint->first);
    found.insert(std::lower_bound(found.begin(), found.end(), by_fingerprint->second),
                 by_fingerprint->second);
  }
  return found;
}

void Waivers::apply(Finding& finding) {
  const std::vector<size_t> found = matches(finding);
  for (const size_t i : found) {
    const WaiverEntry& waiver = policy_.waivers[i];
    if (waiver.expired(today_)) {
      continue;
    }
    states_[i].used = true;
    if (!finding.waiver) {
      finding.waiver = {waiver.reason, waiver.expires ? date_text(*waiver.expires) : "",
                        policy_.place(waiver)};
    }
  }
  if (finding.waiver) {
    return;
  }
  for (const size_t i : found) {
    State& state = states_[i];
    if (state.standing++ == 0) {
      state.first_standing = fmt::format("{} [{}]", finding.subject, finding.rule);
    }
  }
}

Finding Waivers::said(const WaiverEntry& waiver, std::string_view rule, std::string before,
                      std::string message) const {
  Finding finding;
  finding.rule = rule;
  const auto info = find_rule(rule);
  finding.severity = info ? info->severity : Severity::review;
  finding.subject = "waiver/" + (waiver.fingerprints.empty() ? waiver.rule + "/" + waiver.subject
                                                             : waiver.fingerprints.front());
  finding.before = std::move(before);
  finding.message = std::move(message);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

std::vector<Finding> Waivers::expired() const {
  std::vector<Finding> all;
  for (size_t i = 0; i < states_.size(); i++) {
    const WaiverEntry& waiver = policy_.waivers[i];
    const State& state = states_[i];
    if (state.standing == 0) {
      continue;
    }
    const std::string until = date_text(*waiver.expires);
    const std::string others =
        state.standing == 1 ? " counts" : fmt::format(" and {} more count", state.standing - 1);
    all.push_back(said(
        waiver, kWaiverExpired, until,
        fmt::format("{}: the waiver ended on {}, and {}{} again; it was for: {}",
                    policy_.place(waiver), until, state.first_standing, others, waiver.reason)));
  }
  return all;
}

std::vector<Finding> Waivers::unused() const {
  std::vector<Finding> all;
  for (size_t i = 0; i < states_.size(); i++) {
    const WaiverEntry& waiver = policy_.waivers[i];
    if (states_[i].standing > 0) {
      continue;  // expired, and said so
    }
    std::vector<std::string_view> idle;
    for (const std::string& fingerprint : waiver.fingerprints) {
      if (!met_.contains(fingerprint)) {
        idle.push_back(fingerprint);
      }
    }
    std::string message;
    if (!states_[i].used) {
      message = fmt::format("{}: the waiver accepts no finding and can be deleted; it was for: {}",
                            policy_.place(waiver), waiver.reason);
    } else if (!idle.empty()) {
      message =
          fmt::format("{}: no finding has the fingerprint{} {}, which can be deleted there",
                      policy_.place(waiver), idle.size() == 1 ? "" : "s", fmt::join(idle, ", "));
    } else {
      continue;
    }
    all.push_back(
        said(waiver, kWaiverUnused, fmt::format("{}", fmt::join(idle, ", ")), std::move(message)));
  }
  return all;
}

}  // namespace kapi
