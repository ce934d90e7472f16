// SPDX-License-Identifier: GPL-2.0-only
// An integer with its C type (LP64), narrowed to it at all times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kapi {

struct CType {
  unsigned width = 32;  // bits: 8, 16, 32, 64
  bool is_signed = true;
  bool is_pointer = false;
};
inline constexpr CType kInt = {32, true, false};
inline constexpr CType kUnsignedLong = {64, false, false};

// The type of a cast or a sizeof, from its words ("const", "unsigned", "long"); nothing if it is no
// basic integer type, one of the kernel's names for these, or a pointer.
std::optional<CType> c_type(const std::vector<std::string_view>& words);
// The type in which two promoted operands meet.
CType common_type(CType a, CType b);

class CInteger {
 public:
  CInteger(uint64_t bits, CType type);
  // An enumerator is an int where it fits.
  static CInteger enumerator(int64_t value);

  CType type() const { return type_; }
  // Extended to 64 bits by its own signedness.
  uint64_t bits() const { return bits_; }
  int64_t number() const { return static_cast<int64_t>(bits_); }
  CInteger as(CType type) const { return {bits_, type}; }
  // To int, if the type is narrower.
  CInteger promoted() const { return type_.width < kInt.width ? as(kInt) : *this; }

 private:
  uint64_t bits_;
  CType type_;
};

// A literal with its suffix; nothing for a floating-point number or one that does not fit.
std::optional<CInteger> parse_number(std::string_view text);
// A character constant with its quotes.
std::optional<CInteger> parse_character(std::string_view text);

}  // namespace kapi
