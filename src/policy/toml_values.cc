// SPDX-License-Identifier: GPL-2.0-only
#include "policy/toml_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

std::string_view kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a fraction";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date with a time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

}  // namespace

std::string quoted(std::string_view text) {
  constexpr size_t kLimit = 80;
  std::string shown = printable(text.substr(0, kLimit));
  return fmt::format("\"{}{}\"", shown, text.size() > kLimit ? "…" : "");
}

void TomlValues::problem(const toml::source_region& where, std::string message) {
  problems_.push_back({where.begin.line, where.begin.column, std::move(message)});
}

void TomlValues::expected(const toml::node& node, std::string_view what) {
  problem(node.source(), fmt::format("expected {}, found {}", what, kind_of(node)));
}

const toml::table* TomlValues::table(const toml::node& node) {
  if (!node.is_table()) {
    expected(node, "a table");
  }
  return node.as_table();
}

std::optional<std::string> TomlValues::text(const toml::node& node) {
  const auto* value = node.as_string();
  if (value == nullptr) {
    expected(node, "a string");
    return std::nullopt;
  }
  return value->get();
}

std::optional<Date> TomlValues::date(const toml::node& node) {
  const auto* value = node.as_date();
  if (value == nullptr) {
    expected(node, "a date without quotes, such as 2027-03-31");
    return std::nullopt;
  }
  const toml::date& date = value->get();
  return Date(std::chrono::year(date.year), std::chrono::month(date.month),
              std::chrono::day(date.day));
}

std::vector<std::string> TomlValues::texts(const toml::node& node) {
  std::vector<std::string> out;
  const toml::array* list = node.as_array();
  if (list == nullptr) {
    expected(node, "a list of strings");
    return out;
  }
  for (const toml::node& element : *list) {
    auto value = text(element);
    if (value && value->empty()) {
      problem(element.source(), "the string is empty");
    } else if (value) {
      out.push_back(std::move(*value));
    }
  }
  return out;
}

void TomlValues::check_keys(const toml::table& table,
                            std::initializer_list<std::string_view> known) {
  for (auto&& [key, value] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      problem(key.source(), fmt::format("unknown key {}; known are {}", quoted(key.str()),
                                        fmt::join(known, ", ")));
    }
  }
}

}  // namespace kapi
