// SPDX-License-Identifier: GPL-2.0-only
#include "types/base_names.h"

namespace kapi {

std::string canonical_base_name(std::string_view name) {
  int longs = 0;
  bool is_signed = false;
  bool is_unsigned = false;
  std::string kind;  // "char", "short", "int", "__int128"
  for (std::string_view rest = name; !rest.empty();) {
    const size_t space = rest.find(' ');
    const std::string_view word = rest.substr(0, space);
    rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
    if (word == "long") {
      longs++;
    } else if (word == "signed") {
      is_signed = true;
    } else if (word == "unsigned") {
      is_unsigned = true;
    } else if (word == "char" || word == "short" || word == "__int128") {
      kind = word;
    } else if (word == "int") {
      kind = kind.empty() ? "int" : kind;
    } else {
      return std::string(name);
    }
  }
  if (longs > 0) {
    kind = longs == 1 ? "long" : "long long";
  } else if (kind.empty()) {
    if (!is_signed && !is_unsigned) {
      return std::string(name);
    }
    kind = "int";
  }
  if (is_unsigned) {
    return "unsigned " + kind;
  }
  return is_signed && kind == "char" ? "signed char" : kind;
}

IntegerType canonical_integer(std::string_view name, uint64_t size, bool is_signed, bool is_bool,
                              bool is_char) {
  IntegerType type{canonical_base_name(name), size, is_signed, is_bool, is_char};
  if (type.name == "bool" || type.name == "_Bool") {
    type.name = "_Bool";
    type.is_bool = true;
    type.is_signed = false;
  } else if (type.name == "char" || type.name == "signed char" || type.name == "unsigned char") {
    type.is_char = true;
    type.is_signed = type.name == "signed char";
  }
  return type;
}

}  // namespace kapi
