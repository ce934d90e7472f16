// SPDX-License-Identifier: GPL-2.0-only
#include "diff/config.h"

#include <fmt/format.h>

namespace kapi {

Config::Config(const Corpus& corpus) : coverage_(find_coverage(corpus, "config")) {
  constexpr std::string_view kPrefix = "CONFIG_";
  for (const std::string_view line : corpus.source.config) {
    const size_t equals = line.find('=');
    if (line.starts_with(kPrefix) && equals != line.npos && equals > kPrefix.size()) {
      values_[line.substr(kPrefix.size(), equals - kPrefix.size())] = line.substr(equals + 1);
    }
  }
  complete_ = coverage_ != nullptr && coverage_->state == "complete";
  read_ =
      complete_ || (coverage_ != nullptr && coverage_->state == "partial" && coverage_->total != 0);
}

std::optional<std::string_view> Config::value(std::string_view symbol) const {
  const auto found = values_.find(symbol);
  return found != values_.end() ? std::optional(found->second)
         : complete_            ? std::optional<std::string_view>("n")
                                : std::nullopt;
}

std::string Config::doubt(const std::string& side) const {
  if (complete_) {
    return {};
  }
  if (read_) {
    return fmt::format("{} lines of {}'s could not be read, so what it lacks may be set",
                       coverage_->total - coverage_->read, side);
  }
  return coverage_ != nullptr && coverage_->state == "unread"
             ? fmt::format("{}'s could not be read: {}", side, coverage_->detail)
             : fmt::format("{}'s is not known", side);
}

std::set<std::string_view> differing(const Config& before, const Config& after) {
  std::set<std::string_view> symbols;
  for (const Config* config : {&before, &after}) {
    for (const auto& [symbol, value] : config->values()) {
      const auto old_value = before.value(symbol);
      const auto new_value = after.value(symbol);
      if (old_value && new_value && *old_value != *new_value) {
        symbols.insert(symbol);
      }
    }
  }
  return symbols;
}

}  // namespace kapi
