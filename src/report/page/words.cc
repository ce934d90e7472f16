// SPDX-License-Identifier: GPL-2.0-only
#include "report/page/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "kapi/names.h"
#include "report/layout.h"

namespace kapi::page {
namespace {}  // namespace

std::string words(std::string_view token) {
  std::string text(token);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string words(const std::vector<std::string>& tokens) {
  std::vector<std::string> texts;
  texts.reserve(tokens.size());
  for (const std::string& token : tokens) {
    texts.push_back(words(token));
  }
  return joined(texts);
}

std::string bytes(uint64_t count) { return counted(count, "byte"); }
std::string number(int64_t value) { return fmt::format("{}", value); }

std::string capability_text(int64_t number) {
  const std::string name = capability_name(number);
  return name.empty() ? fmt::format("capability {}", number) : fmt::format("{} ({})", name, number);
}

std::string signal_text(int64_t number) {
  const std::string name = signal_name(number);
  return name.empty() ? fmt::format("signal {}", number) : fmt::format("{} ({})", name, number);
}

std::string error_text(const Api& api, int64_t code) {
  for (const Error& error : api.errors) {
    if (error.code == code && !error.name.empty()) {
      return fmt::format("{} ({})", error.name, code);
    }
  }
  const std::string name = errno_name(code);
  return name.empty() ? number(code) : fmt::format("{} ({})", name, code);
}

Facts& Facts::add(std::string_view label, std::string value) {
  if (!one_line(value).empty()) {
    facts_.push_back({std::string(label), std::move(value)});
  }
  return *this;
}
Facts& Facts::add(std::string_view label, const std::optional<int64_t>& value) {
  return value ? add(label, number(*value)) : *this;
}
Facts& Facts::add(std::string_view label, const std::optional<uint64_t>& value) {
  return value ? add(label, fmt::format("{}", *value)) : *this;
}
Facts& Facts::add(std::string_view label, const std::optional<Bits>& value) {
  return value ? add(label, hex(value->value)) : *this;
}
Facts& Facts::add_bytes(std::string_view label, const std::optional<uint64_t>& value) {
  return value ? add(label, bytes(*value)) : *this;
}

std::vector<std::string> prose_of(const std::vector<std::string>& texts) {
  std::vector<std::string> kept;
  for (const std::string& text : texts) {
    const bool again = std::any_of(kept.begin(), kept.end(), [&](const std::string& other) {
      return one_line(other) == one_line(text);
    });
    if (!one_line(text).empty() && !again) {
      kept.push_back(text);
    }
  }
  return kept;
}

}  // namespace kapi::page
