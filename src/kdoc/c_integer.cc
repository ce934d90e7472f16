// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/c_integer.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace kapi {
namespace {

constexpr ExpressionType kLong = {64, true, false};
constexpr ExpressionType kUnsigned = {32, false, false};

struct NamedType {
  std::string_view name;
  ExpressionType type;
};
constexpr NamedType kNamedTypes[] = {
    {"bool", {8, false, false}},
    {"_Bool", {8, false, false}},
    {"u8", {8, false, false}},
    {"__u8", {8, false, false}},
    {"uint8_t", {8, false, false}},
    {"s8", {8, true, false}},
    {"__s8", {8, true, false}},
    {"int8_t", {8, true, false}},
    {"u16", {16, false, false}},
    {"__u16", {16, false, false}},
    {"uint16_t", {16, false, false}},
    {"s16", {16, true, false}},
    {"__s16", {16, true, false}},
    {"int16_t", {16, true, false}},
    {"u32", {32, false, false}},
    {"__u32", {32, false, false}},
    {"uint32_t", {32, false, false}},
    {"s32", {32, true, false}},
    {"__s32", {32, true, false}},
    {"int32_t", {32, true, false}},
    {"u64", {64, false, false}},
    {"__u64", {64, false, false}},
    {"uint64_t", {64, false, false}},
    {"s64", {64, true, false}},
    {"__s64", {64, true, false}},
    {"int64_t", {64, true, false}},
    {"size_t", {64, false, false}},
    {"ssize_t", {64, true, false}},
    {"loff_t", {64, true, false}},
    {"uintptr_t", {64, false, false}},
    {"__poll_t", {32, false, false}},
    {"gfp_t", {32, false, false}},
    {"pid_t", {32, true, false}},
    {"__be16", {16, false, false}},
    {"__be32", {32, false, false}},
    {"__be64", {64, false, false}},
    {"__le16", {16, false, false}},
    {"__le32", {32, false, false}},
    {"__le64", {64, false, false}},
    {"umode_t", {16, false, false}},
    {"__aligned_u64", {64, false, false}},
};

bool is_qualifier(std::string_view word) {
  constexpr std::string_view kQualifiers[] = {"const",  "volatile", "__force",
                                              "__user", "__kernel", "__bitwise"};
  return std::find(std::begin(kQualifiers), std::end(kQualifiers), word) != std::end(kQualifiers);
}

// "unsigned", "long" and the like in any order.
std::optional<ExpressionType> basic_type(const std::vector<std::string_view>& words) {
  ExpressionType type = kInt;
  int longs = 0;
  for (const std::string_view word : words) {
    if (word == "unsigned" || word == "signed") {
      type.is_signed = word == "signed";
    } else if (word == "char" || word == "short") {
      type.width = word == "char" ? 8 : 16;
    } else if (word == "long") {
      longs++;
    } else if (word != "int") {
      return std::nullopt;
    }
  }
  if (longs > 2 || (longs > 0 && type.width != kInt.width)) {
    return std::nullopt;
  }
  type.width = longs > 0 ? 64 : type.width;
  return type;
}

}  // namespace

std::optional<ExpressionType> c_type(const std::vector<std::string_view>& all) {
  std::vector<std::string_view> words;
  std::copy_if(all.begin(), all.end(), std::back_inserter(words),
               [](std::string_view word) { return !is_qualifier(word); });
  if (words.empty()) {
    return std::nullopt;
  }
  if (words.back() == "*" && words.size() > 1) {
    return ExpressionType{64, false, true};
  }
  if (words.size() == 1) {
    for (const NamedType& named : kNamedTypes) {
      if (named.name == words[0]) {
        return named.type;
      }
    }
  }
  return basic_type(words);
}

ExpressionType common_type(ExpressionType a, ExpressionType b) {
  if (a.width == b.width) {
    return {a.width, a.is_signed && b.is_signed, false};
  }
  return a.width > b.width ? a : b;
}

CInteger::CInteger(uint64_t bits, ExpressionType type) : bits_(bits), type_(type) {
  const unsigned spare = 64 - type.width;
  if (type.is_signed) {
    bits_ = static_cast<uint64_t>(static_cast<int64_t>(bits << spare) >> spare);
  } else {
    bits_ = (bits << spare) >> spare;
  }
}

CInteger CInteger::enumerator(int64_t value) {
  if (value >= std::numeric_limits<int32_t>::min() &&
      value <= std::numeric_limits<int32_t>::max()) {
    return {static_cast<uint64_t>(value), kInt};
  }
  const bool fits = value >= 0 && value <= std::numeric_limits<uint32_t>::max();
  return {static_cast<uint64_t>(value), fits ? kUnsigned : kLong};
}

std::optional<CInteger> parse_number(std::string_view text) {
  bool is_unsigned = false;
  bool is_long = false;
  while (!text.empty()) {
    const char last = text.back();
    if (last == 'u' || last == 'U') {
      is_unsigned = true;
    } else if (last == 'l' || last == 'L') {
      is_long = true;
    } else {
      break;
    }
    text.remove_suffix(1);
  }
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.starts_with("0b") || text.starts_with("0B")) {
    base = 2;
    text.remove_prefix(2);
  } else if (text.starts_with("0") && text.size() > 1) {
    base = 8;
    text.remove_prefix(1);
  }
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  // The first of int, unsigned, long, unsigned long that holds it; a decimal without a U is signed.
  const bool may_be_unsigned = is_unsigned || base != 10;
  if (!is_long && !is_unsigned && value <= std::numeric_limits<int32_t>::max()) {
    return CInteger(value, kInt);
  }
  if (!is_long && may_be_unsigned && value <= std::numeric_limits<uint32_t>::max()) {
    return CInteger(value, kUnsigned);
  }
  if (!is_unsigned && value <= std::numeric_limits<int64_t>::max()) {
    return CInteger(value, kLong);
  }
  return CInteger(value, kUnsignedLong);
}

std::optional<CInteger> parse_character(std::string_view text) {
  if (text.size() < 3 || text.front() != '\'' || text.back() != '\'') {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  if (text.size() == 1) {
    return CInteger(static_cast<uint64_t>(static_cast<signed char>(text[0])), kInt);
  }
  if (text[0] != '\\') {
    return std::nullopt;
  }
  text.remove_prefix(1);
  constexpr std::string_view kLetters = "ntrabfv\\'\"?";
  constexpr std::string_view kMeanings = "\n\t\r\a\b\f\v\\'\"?";
  if (const size_t at = kLetters.find(text[0]); text.size() == 1 && at != kLetters.npos) {
    return CInteger(static_cast<uint64_t>(kMeanings[at]), kInt);
  }
  const bool is_hex = text[0] == 'x';
  text.remove_prefix(is_hex ? 1 : 0);
  uint8_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, is_hex ? 16 : 8);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return CInteger(static_cast<uint64_t>(static_cast<int8_t>(value)), kInt);
}

}  // namespace kapi
