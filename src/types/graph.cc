// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>

#include "kapi/types.h"
#include "types/member_lookup.h"

namespace kapi {
namespace {

std::string index_key(const TypeName& name) {
  return std::string(1, static_cast<char>('0' + static_cast<int>(name.tag))) + name.name;
}

class ContentHash {
 public:
  uint64_t of(const TypeNode& node) {
    mix(node.index());
    std::visit([this](const auto& type) { fields(type); }, node);
    return hash_;
  }

 private:
  void mix(uint64_t value) {
    hash_ = (hash_ ^ value) * 0x9e3779b97f4a7c15;
    hash_ ^= hash_ >> 32;
  }
  void mix(const std::string& text) { mix(fnv1a64(text)); }

  void fields(const VoidType&) {}
  void fields(const IntegerType& type) {
    mix(type.name);
    mix(type.size);
  }
  void fields(const FloatType& type) {
    mix(type.name);
    mix(type.size);
  }
  void fields(const PointerType& type) {
    mix(type.target);
    mix(type.size);
  }
  void fields(const ArrayType& type) {
    mix(type.element);
    mix(type.count);
  }
  void fields(const RecordType& type) {
    mix(type.name);
    mix(type.size);
    for (const Member& member : type.members) {
      mix(member.name);
      mix(member.type);
      mix(member.bit_offset);
    }
  }
  void fields(const EnumType& type) {
    mix(type.name);
    for (const Enumerator& enumerator : type.enumerators) {
      mix(enumerator.name);
      mix(static_cast<uint64_t>(enumerator.value));
    }
  }
  void fields(const TypedefType& type) {
    mix(type.name);
    mix(type.target);
  }
  void fields(const QualifiedType& type) {
    mix(static_cast<uint64_t>(type.qualifier));
    mix(type.target);
  }
  void fields(const FunctionType& type) {
    mix(type.result);
    for (const TypeId parameter : type.parameters) {
      mix(parameter);
    }
    mix(type.variadic ? 1 : 0);
  }

  uint64_t hash_ = 0xcbf29ce484222325;
};

bool is_incomplete(const TypeNode& node) {
  if (const auto* record = std::get_if<RecordType>(&node)) {
    return !record->complete;
  }
  const auto* enumeration = std::get_if<EnumType>(&node);
  return enumeration != nullptr && !enumeration->complete;
}

uint64_t saturating_product(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

// An anonymous record inside anonymous records; C compilers stop far below.
constexpr int kMaxAnonymousDepth = 64;

std::optional<MemberPlace> locate_member(const TypeGraph& graph, TypeId record,
                                         std::string_view name, int depth) {
  const auto* type = std::get_if<RecordType>(&graph[graph.strip(record)]);
  if (type == nullptr || depth > kMaxAnonymousDepth) {
    return std::nullopt;
  }
  for (const Member& member : type->members) {
    if (!member.name.empty()) {
      if (member.name == name) {
        return MemberPlace{&member, member.type, member.bit_offset, member.bit_size};
      }
      continue;
    }
    if (auto inner = locate_member(graph, member.type, name, depth + 1)) {
      inner->bit_offset += member.bit_offset;
      return inner;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<TypeName> name_of(const TypeNode& node) {
  const auto named = [](TypeTag tag, const std::string& name) -> std::optional<TypeName> {
    return name.empty() ? std::nullopt : std::optional(TypeName{tag, name});
  };
  if (const auto* type = std::get_if<RecordType>(&node)) {
    return named(type->is_union ? TypeTag::union_ : TypeTag::structure, type->name);
  }
  if (const auto* type = std::get_if<EnumType>(&node)) {
    return named(TypeTag::enumeration, type->name);
  }
  if (const auto* type = std::get_if<TypedefType>(&node)) {
    return TypeName{TypeTag::typedef_, type->name};
  }
  if (const auto* type = std::get_if<IntegerType>(&node)) {
    return TypeName{TypeTag::base, type->name};
  }
  if (const auto* type = std::get_if<FloatType>(&node)) {
    return TypeName{TypeTag::base, type->name};
  }
  return std::nullopt;
}

TypeGraph::TypeGraph() { nodes_.emplace_back(VoidType{}); }

TypeId TypeGraph::add(TypeNode node) {
  const auto id = static_cast<TypeId>(nodes_.size());
  if (const auto name = name_of(node)) {
    by_name_[index_key(*name)].push_back(id);
  }
  nodes_.push_back(std::move(node));
  return id;
}

TypeId TypeGraph::intern(TypeNode node) {
  if (std::holds_alternative<VoidType>(node)) {
    return 0;
  }
  const uint64_t hash = ContentHash().of(node);
  const auto [begin, end] = by_content_.equal_range(hash);
  for (auto it = begin; it != end; ++it) {
    if (nodes_[it->second] == node) {
      return it->second;
    }
  }
  const TypeId id = add(std::move(node));
  by_content_.emplace(hash, id);
  return id;
}

void TypeGraph::complete(TypeId id, TypeNode node) { nodes_.at(id) = std::move(node); }

std::vector<TypeId> TypeGraph::find_all(const TypeName& name) const {
  const auto it = by_name_.find(index_key(name));
  return it == by_name_.end() ? std::vector<TypeId>() : it->second;
}

std::optional<TypeId> TypeGraph::find(const TypeName& name) const {
  const auto it = by_name_.find(index_key(name));
  if (it == by_name_.end()) {
    return std::nullopt;
  }
  const std::vector<TypeId>& ids = it->second;
  const auto whole = std::find_if(ids.begin(), ids.end(),
                                  [this](TypeId id) { return !is_incomplete(nodes_[id]); });
  return whole == ids.end() ? ids.front() : *whole;
}

TypeId TypeGraph::strip(TypeId id) const {
  for (size_t steps = 0; steps <= nodes_.size(); steps++) {
    const TypeNode& node = nodes_.at(id);
    if (const auto* type = std::get_if<TypedefType>(&node)) {
      id = type->target;
    } else if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
      id = qualified->target;
    } else {
      return id;
    }
  }
  return 0;
}

uint64_t TypeGraph::size_of(TypeId id) const {
  uint64_t factor = 1;
  for (size_t steps = 0; steps <= nodes_.size(); steps++) {
    const TypeNode& node = nodes_[strip(id)];
    if (const auto* array = std::get_if<ArrayType>(&node)) {
      factor = saturating_product(factor, array->count);
      id = array->element;
      continue;
    }
    uint64_t size = 0;
    if (const auto* integer = std::get_if<IntegerType>(&node)) {
      size = integer->size;
    } else if (const auto* floating = std::get_if<FloatType>(&node)) {
      size = floating->size;
    } else if (const auto* pointer = std::get_if<PointerType>(&node)) {
      size = pointer->size;
    } else if (const auto* record = std::get_if<RecordType>(&node)) {
      size = record->size;
    } else if (const auto* enumeration = std::get_if<EnumType>(&node)) {
      size = enumeration->size;
    }
    return saturating_product(factor, size);
  }
  return 0;
}

std::optional<MemberPlace> locate_member(const TypeGraph& graph, TypeId record,
                                         std::string_view name) {
  return locate_member(graph, record, name, 0);
}

std::optional<Member> find_member(const TypeGraph& graph, TypeId record, std::string_view name) {
  const auto place = locate_member(graph, record, name);
  if (!place) {
    return std::nullopt;
  }
  Member member = *place->member;
  member.bit_offset = place->bit_offset;
  return member;
}

}  // namespace kapi
