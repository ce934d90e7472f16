// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "kapi/policy.h"

namespace kapi {

std::string date_text(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Date> date_from_text(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  const bool fits = text.size() == kForm.size() &&
                    std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
                      return form == '-' ? c == '-' : c >= '0' && c <= '9';
                    });
  if (!fits) {
    return std::nullopt;
  }
  const auto number = [&](size_t from, size_t size) {
    unsigned value = 0;
    for (const char c : text.substr(from, size)) {
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
  };
  const Date date(std::chrono::year(static_cast<int>(number(0, 4))),
                  std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2)));
  return date.ok() ? std::optional(date) : std::nullopt;
}

Date date_of(int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

}  // namespace kapi
