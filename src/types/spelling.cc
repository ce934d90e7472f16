// SPDX-License-Identifier: GPL-2.0-only
// A type as C writes it. C declarators read inside out, so the text grows around what stands where
// the declared name would be: `declarator`.
#include <fmt/format.h>

#include "kapi/types.h"
#include "types/graph_text.h"

namespace kapi {
namespace {

// Deeper or longer declarations than people write; a cycle in a graph made by hand ends here.
constexpr int kMaxDepth = 32;
constexpr size_t kMaxLength = 4096;

class Speller {
 public:
  explicit Speller(const TypeGraph& graph) : graph_(graph) {}

  std::string spell(TypeId id, const std::string& declarator, int depth) const {
    if (depth > kMaxDepth || declarator.size() > kMaxLength) {
      return "...";
    }
    const TypeNode& node = graph_[id];
    if (const auto* pointer = std::get_if<PointerType>(&node)) {
      const TypeNode& target = graph_[pointer->target];
      const bool binds_looser =
          std::holds_alternative<ArrayType>(target) || std::holds_alternative<FunctionType>(target);
      return spell(pointer->target, binds_looser ? "(*" + declarator + ")" : "*" + declarator,
                   depth + 1);
    }
    if (const auto* array = std::get_if<ArrayType>(&node)) {
      const std::string bound = array->count == 0 ? "[]" : fmt::format("[{}]", array->count);
      return spell(array->element, declarator + bound, depth + 1);
    }
    if (const auto* function = std::get_if<FunctionType>(&node)) {
      return spell(function->result, declarator + parameters(*function, depth), depth + 1);
    }
    if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
      const std::string word(qualifier_word(qualified->qualifier));
      if (qualifies_pointer(qualified->target)) {
        return spell(qualified->target, declarator.empty() ? word : word + " " + declarator,
                     depth + 1);
      }
      return word + " " + spell(qualified->target, declarator, depth + 1);
    }
    const std::string name = specifier(node);
    if (declarator.empty() || declarator.front() == '[') {
      return name + declarator;
    }
    return name + " " + declarator;
  }

 private:
  // Qualifiers of a pointer stand behind its star, those of anything else in front.
  bool qualifies_pointer(TypeId id) const {
    for (int depth = 0; depth < kMaxDepth; depth++) {
      const TypeNode& node = graph_[id];
      if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
        id = qualified->target;
        continue;
      }
      return std::holds_alternative<PointerType>(node);
    }
    return false;
  }

  std::string parameters(const FunctionType& function, int depth) const {
    std::string text;
    for (const TypeId parameter : function.parameters) {
      text += text.empty() ? "" : ", ";
      if (text.size() > kMaxLength) {
        return "(" + text + "...)";
      }
      text += spell(parameter, "", depth + 1);
    }
    if (function.variadic) {
      text += text.empty() ? "" : ", ";
      text += "...";
    }
    return "(" + (text.empty() ? "void" : text) + ")";
  }

  static std::string specifier(const TypeNode& node) {
    if (const auto* record = std::get_if<RecordType>(&node)) {
      return (record->is_union ? "union " : "struct ") +
             (record->name.empty() ? "{...}" : record->name);
    }
    if (const auto* enumeration = std::get_if<EnumType>(&node)) {
      return "enum " + (enumeration->name.empty() ? "{...}" : enumeration->name);
    }
    const auto name = name_of(node);
    return name ? name->name : "void";
  }

  const TypeGraph& graph_;
};

}  // namespace

std::string TypeGraph::spelling(TypeId id) const { return Speller(*this).spell(id, "", 0); }

}  // namespace kapi
