// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kapi/policy.h"

namespace kapi {

// The waivers of a policy while they meet the findings of one report.
class Waivers {
 public:
  // The policy must outlive it.
  Waivers(const Policy& policy, const Date& today);

  // Marks the finding as waived if one that holds today accepts it.
  void apply(Finding& finding);

  // What is to be said once all findings have passed: of each waiver at most one of these.
  std::vector<Finding> expired() const;
  std::vector<Finding> unused() const;

 private:
  struct State {
    bool used = false;
    std::string first_standing;  // a finding that it accepted until it expired
    size_t standing = 0;
  };

  std::vector<size_t> matches(const Finding& finding);
  Finding said(const WaiverEntry& waiver, std::string_view rule, std::string before,
               std::string message) const;

  const Policy& policy_;
  Date today_;
  std::vector<State> states_;  // one for each waiver
  std::unordered_map<std::string_view, size_t> by_fingerprint_;
  std::unordered_set<std::string_view> met_;  // fingerprints of waivers that a finding has
  std::map<std::string_view, std::vector<size_t>> by_rule_;
};

}  // namespace kapi
