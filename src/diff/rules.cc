// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>

#include "diff/rule.h"

namespace kapi {

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::review:
      return "review";
    case Severity::breaking:
      return "breaking";
  }
  return "review";
}

std::optional<Severity> severity_from_name(std::string_view text) {
  for (const Severity severity : {Severity::info, Severity::review, Severity::breaking}) {
    if (name(severity) == text) {
      return severity;
    }
  }
  return std::nullopt;
}

std::vector<RuleInfo> rules() {
  std::vector<RuleInfo> all;
  for (const Rule* rule : rule_table()) {
    all.push_back(rule->info);
  }
  std::sort(all.begin(), all.end(),
            [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; });
  return all;
}

std::optional<RuleInfo> find_rule(std::string_view id) {
  for (const Rule* rule : rule_table()) {
    if (rule->info.id == id) {
      return rule->info;
    }
  }
  return std::nullopt;
}

}  // namespace kapi
