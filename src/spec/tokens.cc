// SPDX-License-Identifier: GPL-2.0-only
#include "spec/tokens.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

// Each enumeration of the framework with the prefix its enumerators share. kapi_signal_state is
// ours: the kernel has macros KAPI_SIGNAL_STATE_* without an enumeration.
struct Prefix {
  std::string_view enumeration;
  std::string_view prefix;
};
constexpr Prefix kPrefixes[] = {
    {"kapi_param_type", "KAPI_TYPE_"},
    {"kapi_param_flags", "KAPI_PARAM_"},
    {"kapi_context_flags", "KAPI_CTX_"},
    {"kapi_lock_type", "KAPI_LOCK_"},
    {"kapi_lock_scope", "KAPI_LOCK_"},
    {"kapi_constraint_type", "KAPI_CONSTRAINT_"},
    {"kapi_return_check_type", "KAPI_RETURN_"},
    {"kapi_signal_direction", "KAPI_SIGNAL_"},
    {"kapi_signal_action", "KAPI_SIGNAL_ACTION_"},
    {"kapi_signal_state", "KAPI_SIGNAL_STATE_"},
    {"kapi_capability_action", "KAPI_CAP_"},
    {"kapi_side_effect_type", "KAPI_EFFECT_"},
    {"kapi_api_type", "KAPI_API_"},
    {"kapi_socket_state", "KAPI_SOCK_STATE_"},
    {"kapi_socket_protocol", "KAPI_PROTO_"},
    {"kapi_buffer_behavior", "KAPI_BUF_"},
    {"kapi_async_behavior", "KAPI_ASYNC_"},
};

std::string token(std::string_view enumerator, std::string_view prefix) {
  if (enumerator.starts_with(prefix)) {
    enumerator.remove_prefix(prefix.size());
  }
  return lower_case(enumerator);
}

const EnumType* enumeration_of(const TypeGraph& graph, std::string_view name) {
  const auto id = graph.find({TypeTag::enumeration, std::string(name)});
  const auto* type = id ? std::get_if<EnumType>(&graph[*id]) : nullptr;
  return type != nullptr && type->complete ? type : nullptr;
}

bool single_bit(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  return bits != 0 && (bits & (bits - 1)) == 0;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

std::vector<std::string_view> token_enumerations() {
  std::vector<std::string_view> names;
  for (const auto& [enumeration, prefix] : kPrefixes) {
    names.push_back(enumeration);
  }
  return names;
}

Tokens::Tokens(const SpecLayout& layout) {
  std::optional<TypeGraph> table;
  for (const auto& [enumeration, prefix] : kPrefixes) {
    const EnumType* type = enumeration_of(layout.graph, enumeration);
    if (type == nullptr) {
      // Compilers drop enumerations that no variable has from the debug information.
      if (!table) {
        table = declarations(layout.revision(), Abi{});
      }
      type = enumeration_of(*table, enumeration);
    }
    vocabularies_.push_back(
        {enumeration, prefix, type ? type->enumerators : std::vector<Enumerator>{}});
  }
}

const Tokens::Vocabulary& Tokens::find(std::string_view enumeration) const {
  static const Vocabulary kNone;
  const auto found = std::find_if(vocabularies_.begin(), vocabularies_.end(),
                                  [&](const auto& v) { return v.enumeration == enumeration; });
  return found == vocabularies_.end() ? kNone : *found;
}

std::string Tokens::of(std::string_view enumeration, int64_t value) const {
  const Vocabulary& vocabulary = find(enumeration);
  for (const auto& enumerator : vocabulary.enumerators) {
    if (enumerator.value == value) {
      return token(enumerator.name, vocabulary.prefix);
    }
  }
  return fmt::format("unknown_{}", value);
}

std::vector<std::string> Tokens::of_bits(std::string_view enumeration, uint64_t bits) const {
  const Vocabulary& vocabulary = find(enumeration);
  std::vector<std::string> tokens;
  const uint64_t value = bits;
  for (const auto& enumerator : vocabulary.enumerators) {
    const auto bit = static_cast<uint64_t>(enumerator.value);
    if (single_bit(enumerator.value) && (bits & bit) != 0) {
      tokens.push_back(token(enumerator.name, vocabulary.prefix));
      bits &= ~bit;
    }
  }
  if (bits != 0) {
    for (const auto& enumerator : vocabulary.enumerators) {
      if (static_cast<uint32_t>(enumerator.value) == value) {
        return {token(enumerator.name, vocabulary.prefix)};
      }
    }
    tokens.push_back(fmt::format("unknown_{:#x}", bits));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

bool Tokens::has(std::string_view enumeration, int64_t value) const {
  const auto& known = find(enumeration).enumerators;
  return std::any_of(known.begin(), known.end(), [&](const auto& e) { return e.value == value; });
}

}  // namespace kapi
