// SPDX-License-Identifier: GPL-2.0-only
// The framework's names for numbers and texts, and the tokens of the model for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

// The number of a KAPI_* enumerator or macro.
std::optional<int64_t> macro_number(std::string_view name);
// The text of KAPI_SIGNAL_TIME_* and KAPI_SIGNAL_QUEUE_*.
std::optional<std::string_view> macro_text(std::string_view name);

// "caller_held", or "unknown_17". The enumeration is one of the kernel's, "kapi_lock_scope".
std::string macro_token(std::string_view enumeration, int64_t value);
// One token per bit, sorted; bits without a name together as "unknown_0x600".
std::vector<std::string> macro_tokens(std::string_view enumeration, uint64_t bits);

}  // namespace kapi
