// SPDX-License-Identifier: GPL-2.0-only
#include <map>

#include "kapi/kdoc.h"
#include "kapi/names.h"
#include "kdoc/expression.h"
#include "kdoc/header_macros.h"

namespace kapi {

struct Constants::Names {
  std::map<std::string, int64_t, std::less<>> values;
  std::map<std::string, HeaderMacro, std::less<>> macros;

  std::optional<Meaning> find(std::string_view name) const {
    if (const auto at = values.find(name); at != values.end()) {
      return Meaning(at->second);
    }
    if (const auto at = macros.find(name); at != macros.end()) {
      return at->second.body.empty() ? std::nullopt
                                     : std::optional(Meaning(std::string_view(at->second.body)));
    }
    auto value = builtin_constant(name);
    value = value ? value : generic_errno(name);
    return value ? std::optional(Meaning(*value)) : std::nullopt;
  }
};

Constants::Constants() : names_(std::make_unique<Names>()) {}
Constants::~Constants() = default;
Constants::Constants(Constants&&) noexcept = default;
Constants& Constants::operator=(Constants&&) noexcept = default;

void Constants::add(std::string_view name, int64_t value) {
  names_->values.try_emplace(std::string(name), value);
}

void Constants::add_header(std::string_view text) {
  for (const auto& [name, macro] : scan_header(text)) {
    const auto [at, is_new] = names_->macros.try_emplace(name, macro);
    if (!is_new && at->second.is_default && !macro.is_default) {
      at->second = macro;
    }
  }
}

std::optional<int64_t> Constants::evaluate(std::string_view expression) const {
  return evaluate_expression(expression,
                             [this](std::string_view name) { return names_->find(name); });
}

std::optional<int64_t> Constants::errno_of(std::string_view name) const {
  const bool is_name = name.starts_with('E') &&
                       name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == name.npos;
  const auto value = is_name ? evaluate(name) : std::nullopt;
  return value && *value > 0 ? value : std::nullopt;
}

std::vector<std::pair<std::string, int64_t>> Constants::with_prefix(std::string_view prefix) const {
  std::map<std::string, int64_t> found;
  const auto collect = [&](const auto& table) {
    for (auto at = table.lower_bound(prefix); at != table.end() && at->first.starts_with(prefix);
         ++at) {
      if (const auto value = evaluate(at->first)) {
        found.emplace(at->first, *value);
      }
    }
  };
  collect(names_->values);
  collect(names_->macros);
  return {found.begin(), found.end()};
}

}  // namespace kapi
