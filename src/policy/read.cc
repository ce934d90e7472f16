// SPDX-License-Identifier: GPL-2.0-only
// A policy file is read strictly: a misspelt key that was silently dropped would be a waiver that
// does not work or, worse, a scope that hides everything.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "kapi/policy.h"
#include "policy/nesting.h"
#include "policy/toml_values.h"
#include "policy/waiver_reader.h"

namespace kapi {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"syscall", "ioctl", "function", "sysfs"};
constexpr std::string_view kIgnore = "ignore";

class PolicyReader {
 public:
  explicit PolicyReader(PolicyFile& out)
      : policy_(out.policy), values_(out.problems), waivers_(out.policy, values_) {}

  void read(const toml::table& root) {
    values_.check_keys(root, {"version", "fail-on", "severity", "scope", "waiver"});
    version(root);
    if (const toml::node* node = root.get("fail-on")) {
      fail_on(*node);
    }
    if (const toml::node* node = root.get("severity")) {
      severity(*node);
    }
    if (const toml::node* node = root.get("scope")) {
      scope(*node);
    }
    if (const toml::node* node = root.get("waiver")) {
      waivers_.read(*node);
    }
  }

 private:
  void version(const toml::table& root) {
    const toml::node* node = root.get("version");
    if (node == nullptr) {
      values_.problem(root.source(), fmt::format("the key \"version\" is missing; begin with "
                                                 "'version = {}'",
                                                 kPolicyVersion));
    } else if (!node->is_integer()) {
      values_.expected(*node, fmt::format("the version of this format, {}", kPolicyVersion));
    } else if (node->as_integer()->get() != kPolicyVersion) {
      values_.problem(node->source(), fmt::format("version {}, but this kapitool reads version {}",
                                                  node->as_integer()->get(), kPolicyVersion));
    }
  }

  void fail_on(const toml::node& node) {
    auto value = values_.text(node);
    if (value && *value != "never" && !severity_from_name(*value)) {
      values_.problem(
          node.source(),
          fmt::format("expected breaking, review, info or never, found {}", quoted(*value)));
    } else if (value) {
      policy_.fail_on = std::move(*value);
    }
  }

  void severity(const toml::node& node) {
    const toml::table* table = values_.table(node);
    if (table == nullptr) {
      return;
    }
    for (auto&& [key, value] : *table) {
      if (!find_rule(key.str())) {
        values_.problem(key.source(), unknown_rule(key.str()));
      }
      const auto wanted = values_.text(value);
      if (!wanted) {
        continue;
      }
      const auto severity = severity_from_name(*wanted);
      if (!severity && *wanted != kIgnore) {
        values_.problem(
            value.source(),
            fmt::format("expected breaking, review, info or ignore, found {}", quoted(*wanted)));
        continue;
      }
      policy_.severities.emplace(key.str(), severity);
    }
  }

  void scope(const toml::node& node) {
    const toml::table* table = values_.table(node);
    if (table == nullptr) {
      return;
    }
    values_.check_keys(*table, {"apis", "exclude-apis", "kinds"});
    PolicyScope& scope = policy_.scope;
    globs(*table, "apis", scope.apis);
    globs(*table, "exclude-apis", scope.exclude_apis);
    globs(*table, "kinds", scope.kinds);
    const toml::array* kinds = table->get_as<toml::array>("kinds");
    for (size_t i = 0; kinds != nullptr && i < kinds->size(); i++) {
      const auto* kind = kinds->get_as<std::string>(i);
      if (kind != nullptr && std::find(kKinds.begin(), kKinds.end(), kind->get()) == kKinds.end()) {
        values_.problem(kind->source(), fmt::format("unknown kind {}; known are {}",
                                                    quoted(kind->get()), fmt::join(kKinds, ", ")));
      }
    }
  }

  void globs(const toml::table& table, std::string_view key, std::vector<std::string>& out) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return;
    }
    out = values_.texts(*node);
    // Whether an empty list would mean all or nothing, readers could only guess.
    if (node->is_array() && node->as_array()->empty()) {
      values_.problem(node->source(), "the list is empty; leave the key out");
    }
    std::vector<std::string> sorted = out;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) {
      values_.problem(node->source(), fmt::format("{} is in the list twice", quoted(*twice)));
    }
  }

  Policy& policy_;
  TomlValues values_;
  WaiverReader waivers_;
};

void read(std::string_view text, PolicyFile& out) {
  if (text.size() > kPolicySizeLimit) {
    out.problems.push_back(
        {1, 1, fmt::format("{} bytes; a policy has at most {}", text.size(), kPolicySizeLimit)});
    return;
  }
  if (const size_t line = first_deep_line(text); line != 0) {
    out.problems.push_back({line, 1, "nested deeper than a policy can be"});
    return;
  }
  try {
    PolicyReader(out).read(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    out.problems.push_back(
        {at.line, at.column, fmt::format("not TOML: {}", to_utf8(error.description()))});
  }
}

}  // namespace

std::string Policy::place(const WaiverEntry& waiver) const {
  return fmt::format("{}:{}", file, waiver.line);
}

PolicyFile read_policy(std::string_view text, std::string file) {
  PolicyFile out;
  out.policy.file = std::move(file);
  read(text, out);
  std::stable_sort(out.problems.begin(), out.problems.end(),
                   [](const PolicyProblem& a, const PolicyProblem& b) {
                     return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                   });
  return out;
}

}  // namespace kapi
