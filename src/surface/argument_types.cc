// SPDX-License-Identifier: GPL-2.0-only
#include "surface/argument_types.h"

#include <algorithm>
#include <vector>

namespace kapi {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) {
      return words;
    }
    text.remove_prefix(begin);
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (word != "const" && word != "volatile" && word != "restrict") {
      words.push_back(word);
    }
    text.remove_prefix(end);
  }
}

// The C integer types in any order of their words: "unsigned", "long unsigned int", "short".
std::optional<ArgumentClass> integer_of(const std::vector<std::string_view>& words,
                                        uint64_t long_size) {
  bool is_unsigned = false;
  uint64_t size = 4;
  size_t longs = 0;
  for (const auto word : words) {
    if (word == "unsigned") {
      is_unsigned = true;
    } else if (word == "long") {
      size = ++longs == 1 ? long_size : 8;
    } else if (word == "short") {
      size = 2;
    } else if (word == "char") {
      size = 1;
    } else if (word != "int" && word != "signed") {
      return std::nullopt;
    }
  }
  return ArgumentClass{is_unsigned ? "uint" : "int", size};
}

}  // namespace

std::optional<ArgumentClass> argument_class(const TypeGraph& graph, TypeId id,
                                            uint64_t pointer_size) {
  const TypeNode& node = graph[graph.strip(id)];
  if (const auto* integer = std::get_if<IntegerType>(&node)) {
    return ArgumentClass{integer->is_signed ? "int" : "uint", integer->size};
  }
  if (const auto* enumeration = std::get_if<EnumType>(&node)) {
    return ArgumentClass{enumeration->is_signed ? "int" : "uint", enumeration->size};
  }
  if (std::holds_alternative<PointerType>(node)) {
    return ArgumentClass{"ptr", pointer_size};
  }
  return std::nullopt;
}

const std::optional<ArgumentClass>& ArgumentTypes::classify(const std::string& type_name) {
  const auto known = known_.find(type_name);
  return known != known_.end() ? known->second
                               : known_.emplace(type_name, resolve(type_name)).first->second;
}

std::optional<ArgumentClass> ArgumentTypes::resolve(std::string_view type_name) {
  if (type_name.find_first_of("*[(") != std::string_view::npos) {
    return ArgumentClass{"ptr", pointer_size_};
  }
  const auto words = words_of(type_name);
  if (words.empty()) {
    return std::nullopt;
  }
  if (auto integer = integer_of(words, pointer_size_)) {
    return integer;
  }
  std::optional<TypeId> id;
  if (words.size() == 1) {
    id = types_->import(graph_, {TypeTag::typedef_, std::string(words[0])});
  } else if (words.size() == 2 && words[0] == "enum") {
    id = types_->import(graph_, {TypeTag::enumeration, std::string(words[1])});
  }
  return id ? argument_class(graph_, *id, pointer_size_) : std::nullopt;
}

}  // namespace kapi
