// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kapi/policy.h"
#include "policy/toml_values.h"

namespace kapi {

// The entries [[waiver]] of a policy.
class WaiverReader {
 public:
  WaiverReader(Policy& policy, TomlValues& values) : policy_(policy), values_(values) {}

  void read(const toml::node& node);

 private:
  void entry(const toml::table& table);
  void what(const toml::table& table, WaiverEntry& waiver);
  void fingerprints(const toml::node& node, WaiverEntry& waiver);
  void rule_and_subject(const toml::table& table, WaiverEntry& waiver);
  void reason(const toml::table& table, WaiverEntry& waiver);
  // A problem if another entry accepts the same.
  void only_once(const std::string& what, const toml::source_region& where);

  Policy& policy_;
  TomlValues& values_;
  std::map<std::string, size_t> lines_;  // of all that is accepted
};

std::string unknown_rule(std::string_view id);

}  // namespace kapi
