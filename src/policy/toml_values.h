// SPDX-License-Identifier: GPL-2.0-only
// Values of a TOML file by the type that they must have. What is wrong is collected with its place,
// so that a person mends a file once and not once for each mistake.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/policy.h"

namespace kapi {

class TomlValues {
 public:
  explicit TomlValues(std::vector<PolicyProblem>& problems) : problems_(problems) {}

  void problem(const toml::source_region& where, std::string message);
  // "expected a string, found an integer".
  void expected(const toml::node& node, std::string_view what);

  // Null, and a problem, if it is something else.
  const toml::table* table(const toml::node& node);
  // Nothing, and a problem, if it is something else.
  std::optional<std::string> text(const toml::node& node);
  std::optional<Date> date(const toml::node& node);
  // The texts of a list, each not empty.
  std::vector<std::string> texts(const toml::node& node);

  // Tells each key of the table that is not in the list.
  void check_keys(const toml::table& table, std::initializer_list<std::string_view> known);

 private:
  std::vector<PolicyProblem>& problems_;
};

// A text as it is quoted in a message.
std::string quoted(std::string_view text);

}  // namespace kapi
