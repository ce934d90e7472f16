// SPDX-License-Identifier: GPL-2.0-only
// Tokens and numbers of the model in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/page/page.h"

namespace kapi::page {

std::string words(std::string_view token);  // "bypass_check" as "bypass check"
std::string words(const std::vector<std::string>& tokens);
std::string bytes(uint64_t count);  // "1 byte", "24 bytes"
std::string number(int64_t value);
// The name first where it is the same on every architecture: "CAP_SYS_ADMIN (21)", "SIGTERM (15)".
std::string capability_text(int64_t number);
std::string signal_text(int64_t number);
// By the errors that the API itself names, or as every architecture calls it: "EINTR (-4)".
std::string error_text(const Api& api, int64_t code);

// Facts without those that say nothing.
class Facts {
 public:
  Facts& add(std::string_view label, std::string value);
  Facts& add(std::string_view label, const std::optional<int64_t>& value);
  Facts& add(std::string_view label, const std::optional<uint64_t>& value);
  Facts& add(std::string_view label, const std::optional<Bits>& value);
  Facts& add_bytes(std::string_view label, const std::optional<uint64_t>& value);
  std::vector<Fact> take() { return std::move(facts_); }

 private:
  std::vector<Fact> facts_;
};

// The texts without those that are empty or the same as one before.
std::vector<std::string> prose_of(const std::vector<std::string>& texts);

}  // namespace kapi::page
