// SPDX-License-Identifier: GPL-2.0-only
#include "types/builtin_types.h"

#include "types/base_names.h"

namespace kapi {
namespace {

// Bytes; 0 for the size of a pointer.
struct Base {
  std::string_view name;
  uint64_t size;
  bool is_signed;
};
constexpr Base kBases[] = {
    {"char", 1, false},
    {"signed char", 1, true},
    {"unsigned char", 1, false},
    {"short", 2, true},
    {"unsigned short", 2, false},
    {"int", 4, true},
    {"unsigned int", 4, false},
    {"long", 0, true},
    {"unsigned long", 0, false},
    {"long long", 8, true},
    {"unsigned long long", 8, false},
    {"_Bool", 1, false},
};

struct Alias {
  std::string_view name;
  std::string_view target;
  std::string_view target_if_32bit;
};
constexpr Alias kAliases[] = {
    {"bool", "_Bool", "_Bool"},
    {"u8", "unsigned char", "unsigned char"},
    {"s8", "signed char", "signed char"},
    {"u16", "unsigned short", "unsigned short"},
    {"s16", "short", "short"},
    {"u32", "unsigned int", "unsigned int"},
    {"s32", "int", "int"},
    {"u64", "unsigned long long", "unsigned long long"},
    {"s64", "long long", "long long"},
    {"size_t", "unsigned long", "unsigned int"},
    {"ssize_t", "long", "int"},
    {"uintptr_t", "unsigned long", "unsigned long"},
};

std::optional<TypeId> base_type(TypeGraph& graph, const std::string& name, const Abi& abi) {
  for (const Base& base : kBases) {
    if (base.name == name) {
      if (const auto known = graph.find({TypeTag::base, name})) {
        return known;
      }
      const uint64_t size = base.size == 0 ? abi.pointer_size : base.size;
      return graph.add(canonical_integer(name, size, base.is_signed, false, false));
    }
  }
  if (name == "float" || name == "double") {
    const auto known = graph.find({TypeTag::base, name});
    return known ? known : graph.add(FloatType{name, name == "float" ? 4U : 8U});
  }
  return std::nullopt;
}

}  // namespace

std::optional<TypeId> builtin_type(TypeGraph& graph, std::string_view name, const Abi& abi) {
  for (const Alias& alias : kAliases) {
    const bool user_visible = name.starts_with("__") && name.substr(2) == alias.name &&
                              (alias.name[0] == 'u' || alias.name[0] == 's') &&
                              alias.name.size() <= 3;
    if (alias.name == name || user_visible) {
      const std::string target(abi.pointer_size == 4 ? alias.target_if_32bit : alias.target);
      return graph.add(TypedefType{std::string(name), *base_type(graph, target, abi)});
    }
  }
  return base_type(graph, canonical_base_name(name), abi);
}

}  // namespace kapi
