// SPDX-License-Identifier: GPL-2.0-only
#include "diff/c_type.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kapi {
namespace {

constexpr unsigned kLong = 0;  // as wide as the architecture

struct Typedef {
  std::string_view name;
  unsigned width;
  bool is_signed;
};
// Only what is the same on every architecture.
constexpr Typedef kTypedefs[] = {
    {"s8", 8, true},          {"__s8", 8, true},        {"int8_t", 8, true},
    {"u8", 8, false},         {"__u8", 8, false},       {"uint8_t", 8, false},
    {"s16", 16, true},        {"__s16", 16, true},      {"int16_t", 16, true},
    {"u16", 16, false},       {"__u16", 16, false},     {"uint16_t", 16, false},
    {"s32", 32, true},        {"__s32", 32, true},      {"int32_t", 32, true},
    {"u32", 32, false},       {"__u32", 32, false},     {"uint32_t", 32, false},
    {"s64", 64, true},        {"__s64", 64, true},      {"int64_t", 64, true},
    {"u64", 64, false},       {"__u64", 64, false},     {"uint64_t", 64, false},
    {"umode_t", 16, false},   {"loff_t", 64, true},     {"pid_t", 32, true},
    {"uid_t", 32, false},     {"gid_t", 32, false},     {"key_t", 32, true},
    {"clockid_t", 32, true},  {"timer_t", 32, true},    {"mqd_t", 32, true},
    {"rwf_t", 32, true},      {"qid_t", 32, false},     {"key_serial_t", 32, true},
    {"size_t", kLong, false}, {"ssize_t", kLong, true}, {"aio_context_t", kLong, false},
    {"off_t", kLong, true},
};

constexpr std::string_view kQualifiers[] = {"const",    "volatile", "restrict", "__restrict",
                                            "register", "__user",   "__iomem",  "__rcu",
                                            "__force",  "__percpu", "__kernel", "__bitwise"};

template <size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < text.size();) {
    size_t length = 1;
    while (is_word(text[i]) && i + length < text.size() && is_word(text[i + length])) {
      length++;
    }
    if (static_cast<unsigned char>(text[i]) > ' ') {
      parts.emplace_back(text.substr(i, length));
    }
    i += length;
  }
  return parts;
}

std::optional<ValueType> of_width(unsigned width, bool is_signed, uint64_t bits) {
  if (width == kLong) {
    if (bits != 32 && bits != 64) {
      return std::nullopt;
    }
    width = static_cast<unsigned>(bits);
  }
  return ValueType{width, is_signed};
}

// The C integer types in any order of their words: "unsigned", "long unsigned int".
std::optional<ValueType> integer(const std::vector<std::string>& words, uint64_t bits) {
  bool is_signed = true;
  unsigned width = 32;
  size_t longs = 0;
  for (const auto& word : words) {
    if (word == "unsigned") {
      is_signed = false;
    } else if (word == "long") {
      width = ++longs == 1 ? kLong : 64;
    } else if (word == "short") {
      width = 16;
    } else if (word == "char") {
      width = 8;
    } else if (word != "int" && word != "signed") {
      return std::nullopt;
    }
  }
  // Whether a plain char is signed depends on the architecture.
  const bool plain_char = words.size() == 1 && words[0] == "char";
  return words.empty() || plain_char ? std::nullopt : of_width(width, is_signed, bits);
}

std::optional<ValueType> scalar(const CType& type, uint64_t bits) {
  if (type.pointer) {
    return of_width(kLong, false, bits);
  }
  if (const auto known = integer(type.bare, bits)) {
    return known;
  }
  if (type.bare.size() == 1) {
    for (const auto& entry : kTypedefs) {
      if (entry.name == type.bare[0]) {
        return of_width(entry.width, entry.is_signed, bits);
      }
    }
  }
  return std::nullopt;
}

CType c_type_of(std::string_view type_name, std::string_view token, std::string_view name,
                uint64_t bits) {
  constexpr std::string_view kPointers[] = {"ptr", "user_ptr", "path", "func_ptr"};
  CType type;
  type.token = token;
  type.spelling = split(type_name);
  // A declarator carries the name: "int flags", "int fds[2]". The first word never is it.
  const auto last = std::find(type.spelling.rbegin(), type.spelling.rend(), name);
  if (last != type.spelling.rend() && last + 1 != type.spelling.rend()) {
    type.spelling.erase(std::next(last).base());
  }
  for (const auto& word : type.spelling) {
    if (!is_one_of(word, kQualifiers)) {
      type.bare.push_back(word);
    }
    type.pointer = type.pointer || word == "*" || word == "[";
  }
  type.pointer = type.pointer || (type.spelling.empty() && is_one_of(token, kPointers));
  type.scalar = scalar(type, bits);
  return type;
}

}  // namespace

CType c_type(const Param& param, uint64_t bits) {
  return c_type_of(param.type_name, param.type, param.name, bits);
}

CType c_type(const Field& field, uint64_t bits) {
  CType type = c_type_of(field.type_name, field.type, field.name, bits);
  // Unlike a parameter's, a field's size is that of the field itself.
  const bool integer_size =
      field.size == 1U || field.size == 2U || field.size == 4U || field.size == 8U;
  if (!type.scalar && integer_size && (type.token == "int" || type.token == "uint")) {
    type.scalar = ValueType{static_cast<unsigned>(*field.size * 8), type.token == "int"};
  }
  return type;
}

CType c_type(const Return& value, uint64_t bits) {
  return c_type_of(value.type_name, value.type, "", bits);
}

bool same_spelling(const CType& a, const CType& b) {
  return a.token == b.token && a.spelling == b.spelling;
}

TypeRelation relate(const CType& old_type, const CType& new_type) {
  if (!old_type.token.empty() && !new_type.token.empty() && old_type.token != new_type.token) {
    return TypeRelation::changed;
  }
  if (old_type.bare == new_type.bare) {
    return old_type.token == new_type.token ? TypeRelation::respelled : TypeRelation::unproven;
  }
  const auto& before = old_type.scalar;
  const auto& after = new_type.scalar;
  if (before && after && !(old_type.pointer && new_type.pointer)) {
    const bool same = before->width == after->width && before->is_signed == after->is_signed &&
                      old_type.pointer == new_type.pointer;
    return same ? TypeRelation::respelled : TypeRelation::changed;
  }
  return TypeRelation::unproven;
}

ValueTypes value_types(const std::optional<ValueType>& old_type,
                       const std::optional<ValueType>& new_type) {
  const ValueType widest;
  return {old_type.value_or(new_type.value_or(widest)),
          new_type.value_or(old_type.value_or(widest))};
}

}  // namespace kapi
