// SPDX-License-Identifier: GPL-2.0-only
// An integer with its C type (LP64), narrowed to it at all times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kapi {

struct ExpressionType {
  unsigned width = 32;  // bits: 8, 16, 32, 64
  bool is_signed = true;
  bool is_pointer = false;
};
inline constexpr ExpressionType kInt = {32, true, false};
inline constexpr ExpressionType kUnsignedLong = {64, false, false};

// The type of a cast or a sizeof, from its words ("const", "unsigned", "long"); nothing if it is no
// basic integer type, one of the kernel's names for these, or a pointer.
std::optional<ExpressionType> c_type(const std::vector<std::string_view>& words);
// The type in which two promoted operands meet.
ExpressionType common_type(ExpressionType a, ExpressionType b);

class CInteger {
 public:
  CInteger(uint64_t bits, ExpressionType type);
  // An enumerator is an int where it fits.
  static CInteger enumerator(int64_t value);

  ExpressionType type() const { return type_; }
  // Extended to 64 bits by its own signedness.
  uint64_t bits() const { return bits_; }
  int64_t number() const { return static_cast<int64_t>(bits_); }
  CInteger as(ExpressionType type) const { return {bits_, type}; }
  // To int, if the type is narrower.
  CInteger promoted() const { return type_.width < kInt.width ? as(kInt) : *this; }

 private:
  uint64_t bits_;
  ExpressionType type_;
};

// A literal with its suffix; nothing for a floating-point number or one that does not fit.
std::optional<CInteger> parse_number(std::string_view text);
// A character constant with its quotes.
std::optional<CInteger> parse_character(std::string_view text);

}  // namespace kapi
