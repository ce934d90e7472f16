// SPDX-License-Identifier: GPL-2.0-only
#include <map>

#include "kapi/kdoc.h"
#include "kapi/names.h"
#include "kdoc/expression.h"
#include "kdoc/header_macros.h"
#include "kdoc/header_text.h"
#include "kdoc/header_types.h"
#include "kdoc/ioctl_number.h"

namespace kapi {

struct Constants::Names {
  std::map<std::string, int64_t, std::less<>> values;
  struct Macro : HeaderMacro {
    std::string header;
  };
  std::map<std::string, Macro, std::less<>> macros;
  std::set<HeaderType> types;

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

void Constants::add_header(std::string_view text, const std::string& header) {
  const std::string plain = plain_header(text);
  for (auto& [name, macro] : scan_macros(plain)) {
    const auto [at, is_new] = names_->macros.try_emplace(name, Names::Macro{macro, header});
    if (!is_new && at->second.is_default && !macro.is_default) {
      at->second = {macro, header};
    }
  }
  for (HeaderType& type : scan_types(plain)) {
    type.header = header;
    names_->types.insert(std::move(type));
  }
}

const std::set<HeaderType>& Constants::types() const { return names_->types; }

std::vector<std::string> Constants::unnamed_enumerators() const {
  std::vector<std::string> names;
  for (const auto& [name, macro] : names_->macros) {
    if (macro.is_enumerator && macro.enumeration.empty()) {
      names.push_back(name);
    }
  }
  return names;
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

std::vector<Constant> Constants::constants(const Target& target) const {
  const auto evaluated = [this](std::string_view expression) { return evaluate(expression); };
  std::vector<Constant> all;
  all.reserve(names_->macros.size());
  for (const auto& [name, macro] : names_->macros) {
    auto value = evaluate(name);
    if (!value && !macro.body.empty()) {
      value = ioctl_number(macro.body, target, evaluated);
    }
    all.push_back({name, macro.enumeration, macro.header, value});
  }
  return all;
}

}  // namespace kapi
