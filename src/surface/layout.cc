// SPDX-License-Identifier: GPL-2.0-only
#include "surface/layout.h"

#include <fmt/format.h>

namespace kapi {
namespace {

constexpr size_t kMaxSteps = 1 << 16;  // members of one record; task_struct has some 300
constexpr int kMaxDepth = 64;          // records without a name within each other

// Past qualifiers, and nothing else: a typedef is a name.
TypeId unqualified(const TypeGraph& graph, TypeId id) {
  for (int steps = 0; steps < kMaxDepth; steps++) {
    const auto* qualified = std::get_if<QualifiedType>(&graph[id]);
    if (qualified == nullptr) {
      break;
    }
    id = qualified->target;
  }
  return id;
}

const RecordType* unnamed_record(const TypeGraph& graph, TypeId id) {
  const auto* record = std::get_if<RecordType>(&graph[unqualified(graph, id)]);
  return record != nullptr && record->name.empty() ? record : nullptr;
}

const char* class_of(const TypeNode& node) {
  if (const auto* integer = std::get_if<IntegerType>(&node)) {
    return integer->is_bool ? "bool" : integer->is_signed ? "int" : "uint";
  }
  if (const auto* record = std::get_if<RecordType>(&node)) {
    return record->is_union ? "union" : "struct";
  }
  return std::holds_alternative<FloatType>(node)      ? "float"
         : std::holds_alternative<PointerType>(node)  ? "ptr"
         : std::holds_alternative<EnumType>(node)     ? "enum"
         : std::holds_alternative<ArrayType>(node)    ? "array"
         : std::holds_alternative<FunctionType>(node) ? "function"
                                                      : "";
}

class Layout {
 public:
  explicit Layout(const TypeGraph& graph) : graph_(graph) {}

  // False if there are too many.
  bool add(const RecordType& record, const std::string& prefix, uint64_t base, int depth) {
    for (const Member& member : record.members) {
      if (++steps_ > kMaxSteps || depth > kMaxDepth) {
        return false;
      }
      const RecordType* inner = unnamed_record(graph_, member.type);
      const uint64_t place = base + member.bit_offset;
      const std::string name = prefix + to_utf8(member.name);
      if (inner != nullptr) {
        if (!add(*inner, member.name.empty() ? prefix : name + ".", place, depth + 1)) {
          return false;
        }
      } else if (!member.name.empty()) {
        add(member, name, place);
        if (!add_element(member.type, name, place, depth)) {
          return false;
        }
      }
    }
    return true;
  }

  std::vector<Field> take() { return std::move(fields_); }

 private:
  void add(const Member& member, const std::string& name, uint64_t place) {
    Field field;
    field.name = name;
    const TypeNode& node = graph_[graph_.strip(member.type)];
    field.type = class_of(node);
    field.type_name = to_utf8(spelling(unqualified(graph_, member.type)));
    field.offset = place / 8;
    const auto* array = std::get_if<ArrayType>(&node);
    const uint64_t size = graph_.size_of(member.type);
    if (array == nullptr || size != 0) {
      field.size = size;
    }
    if (member.bit_size != 0) {
      field.bit_offset = place % 8;
      field.bits = member.bit_size;
    }
    fields_.push_back(std::move(field));
  }

  // Members of the records that an array is made of, of its first element, if only the array names
  // them: "args[].type".
  bool add_element(TypeId type, std::string name, uint64_t place, int depth) {
    const RecordType* inner = nullptr;
    for (int steps = 0; steps < kMaxDepth && inner == nullptr; steps++) {
      const auto* array = std::get_if<ArrayType>(&graph_[unqualified(graph_, type)]);
      if (array == nullptr) {
        return true;
      }
      type = array->element;
      name += "[]";
      inner = unnamed_record(graph_, type);
    }
    return inner == nullptr || add(*inner, name + ".", place, depth + 1);
  }

  // pahole writes all dimensions of an array as one into BTF, so that is what DWARF's are made too.
  std::string spelling(TypeId type) const {
    TypeId inner = type;
    uint64_t count = 1;
    int dimensions = 0;
    for (; dimensions < kMaxDepth; dimensions++) {
      const auto* array = std::get_if<ArrayType>(&graph_[unqualified(graph_, inner)]);
      if (array == nullptr || __builtin_mul_overflow(count, array->count, &count)) {
        break;
      }
      type = unqualified(graph_, inner);
      inner = array->element;
    }
    std::string text = graph_.spelling(type);
    if (dimensions > 1) {
      const size_t begin = text.find('[');
      const size_t end = text.find(']', begin);
      if (end != std::string::npos) {
        text.replace(begin, end - begin + 1, count == 0 ? "[]" : fmt::format("[{}]", count));
      }
    }
    return text;
  }

  const TypeGraph& graph_;
  std::vector<Field> fields_;
  size_t steps_ = 0;
};

}  // namespace

std::optional<TypeId> named_by_typedef(const TypeGraph& graph, TypeId type) {
  const auto* definition = std::get_if<TypedefType>(&graph[type]);
  if (definition == nullptr) {
    return std::nullopt;
  }
  const TypeId target = unqualified(graph, definition->target);
  const TypeNode& node = graph[target];
  const bool can_have_name =
      std::holds_alternative<RecordType>(node) || std::holds_alternative<EnumType>(node);
  return can_have_name && !name_of(node) ? std::optional(target) : std::nullopt;
}

std::optional<Struct> layout_of(const TypeGraph& graph, TypeId type) {
  Struct layout;
  const auto unnamed = named_by_typedef(graph, type);
  const auto* record = std::get_if<RecordType>(&graph[unnamed.value_or(type)]);
  const auto name = name_of(graph[type]);
  if (record == nullptr || !record->complete || !name) {
    return std::nullopt;
  }
  layout.name = to_utf8(name->name);
  layout.kind = unnamed ? "typedef" : record->is_union ? "union" : "struct";
  layout.size = record->size;
  Layout fields(graph);
  if (!fields.add(*record, "", 0, 0)) {
    return std::nullopt;
  }
  layout.fields = fields.take();
  return layout;
}

}  // namespace kapi
