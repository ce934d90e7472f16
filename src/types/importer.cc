// SPDX-License-Identifier: GPL-2.0-only
#include "types/importer.h"

#include <algorithm>
#include <map>
#include <set>

#include "types/base_names.h"

namespace kapi {
namespace {

// Types within types, by value and by pointer together. Linux stays below 40.
constexpr int kMaxDepth = 200;
// Unnamed types may be shared, so a small file could describe a type whose text or whose walk has
// no end. What one import expands to is bounded: task_struct takes about 10,000.
constexpr uint64_t kMaxExpansion = 1 << 22;
// Definitions of one name, which C allows in different files, that are told apart.
constexpr size_t kMaxNamesakes = 16;

enum class Reach { by_value, by_pointer };

class Importer {
 public:
  Importer(TypeSource& source, TypeGraph& graph) : source_(source), graph_(graph) {}

  TypeId import(SourceId id) { return type(id, Reach::by_value, 0).id; }

 private:
  struct Imported {
    TypeId id = 0;
    uint64_t expansion = 1;  // types that a walk down to named ones meets
  };

  [[noreturn]] void fail(SourceId id, std::string reason) const {
    throw InputError(source_.place(id), std::move(reason));
  }

  Imported type(SourceId id, Reach reach, int depth) {
    if (id.key == 0) {
      return {};
    }
    auto& known = known_[static_cast<size_t>(reach)];
    if (const auto it = known.find(id); it != known.end()) {
      return it->second;
    }
    if (depth > kMaxDepth) {
      fail(id, "types nested too deeply");
    }
    Shape shape = source_.describe(id, reach == Reach::by_value ? Detail::whole : Detail::name);
    if (const auto* record = std::get_if<RecordType>(&shape.node)) {
      if (record->name.empty() && !record->complete) {
        fail(id, "a declaration without a name");
      }
      if (!record->name.empty() && (reach == Reach::by_pointer || !record->complete)) {
        return known[id] = {declared(*record), 1};
      }
    }
    if (!open_.insert(id).second) {
      fail(id, "a type that holds itself");
    }
    const Imported imported = build(id, std::move(shape), reach, depth);
    open_.erase(id);
    return known[id] = imported;
  }

  Imported build(SourceId id, Shape shape, Reach reach, int depth) {
    if (auto* record = std::get_if<RecordType>(&shape.node)) {
      return this->record(id, std::move(*record), shape.refs, depth);
    }
    if (auto* enumeration = std::get_if<EnumType>(&shape.node)) {
      return {this->enumeration(std::move(*enumeration)), 1};
    }
    if (std::holds_alternative<PointerType>(shape.node) ||
        std::holds_alternative<FunctionType>(shape.node)) {
      reach = Reach::by_pointer;
    }
    Imported imported;
    std::vector<TypeId> ids;
    for (const SourceId ref : shape.refs) {
      const Imported part = type(ref, reach, depth + 1);
      imported.expansion += part.expansion;
      ids.push_back(part.id);
    }
    set_references(shape.node, ids);
    charge(id, imported.expansion);
    if (std::holds_alternative<TypedefType>(shape.node)) {
      imported.expansion = 1;
    }
    imported.id = graph_.intern(std::move(shape.node));
    return imported;
  }

  // A record of which only the name is wanted: whichever is in the graph, or a new incomplete one.
  TypeId declared(const RecordType& record) {
    if (const auto known = graph_.find(*name_of(record))) {
      return *known;
    }
    return graph_.add(RecordType{record.name, record.is_union, false, 0, {}});
  }

  Imported record(SourceId id, RecordType record, const std::vector<SourceId>& refs, int depth) {
    if (record.name.empty()) {
      const uint64_t expansion = members(id, record, refs, depth);
      return {graph_.intern(std::move(record)), expansion};
    }
    TypeId target = 0;
    for (const TypeId namesake : namesakes(record)) {
      const auto& other = std::get<RecordType>(graph_[namesake]);
      if (other.complete && same_layout(other, record)) {
        return {namesake, 1};
      }
      if (!other.complete && target == 0 && building_.count(namesake) == 0) {
        target = namesake;
      }
    }
    if (target == 0) {
      target = graph_.add(RecordType{record.name, record.is_union, false, 0, {}});
    }
    building_.insert(target);
    members(id, record, refs, depth);
    building_.erase(target);
    graph_.complete(target, std::move(record));
    return {target, 1};
  }

  // Imports the types of the members; returns what they expand to.
  uint64_t members(SourceId id, RecordType& record, const std::vector<SourceId>& refs, int depth) {
    uint64_t expansion = 1;
    for (size_t i = 0; i < record.members.size(); i++) {
      const Imported member = type(refs.at(i), Reach::by_value, depth + 1);
      record.members[i].type = member.id;
      expansion += member.expansion;
    }
    charge(id, expansion);
    return expansion;
  }

  // An enum of which the file has several definitions keeps each; a declared one is completed.
  TypeId enumeration(EnumType enumeration) {
    if (enumeration.name.empty()) {
      return graph_.intern(std::move(enumeration));
    }
    for (const TypeId namesake : namesakes(enumeration)) {
      const auto& other = std::get<EnumType>(graph_[namesake]);
      if (!enumeration.complete || other == enumeration) {
        return namesake;
      }
      if (!other.complete) {
        graph_.complete(namesake, std::move(enumeration));
        return namesake;
      }
    }
    return graph_.add(std::move(enumeration));
  }

  std::vector<TypeId> namesakes(const TypeNode& node) const {
    std::vector<TypeId> ids = graph_.find_all(*name_of(node));
    ids.resize(std::min(ids.size(), kMaxNamesakes));
    return ids;
  }

  // Two compilation units describe the same record: so it looks, without following its types.
  static bool same_layout(const RecordType& a, const RecordType& b) {
    return a.size == b.size && std::equal(a.members.begin(), a.members.end(), b.members.begin(),
                                          b.members.end(), [](const Member& x, const Member& y) {
                                            return x.name == y.name &&
                                                   x.bit_offset == y.bit_offset &&
                                                   x.bit_size == y.bit_size;
                                          });
  }

  void charge(SourceId id, uint64_t expansion) {
    expanded_ += expansion;
    if (expanded_ > kMaxExpansion) {
      fail(id, "a type made of more types than a compiler writes");
    }
  }

  TypeSource& source_;
  TypeGraph& graph_;
  std::map<SourceId, Imported> known_[2];  // by Reach
  std::set<SourceId> open_;                // being built
  std::set<TypeId> building_;              // the named records among them, in the graph
  uint64_t expanded_ = 0;
};

}  // namespace

std::optional<TypeId> import_type(TypeSource& source, TypeGraph& graph, const TypeName& asked) {
  TypeName name = asked;
  if (name.tag == TypeTag::base) {
    name.name = canonical_base_name(name.name);
  }
  const auto known = graph.find(name);
  if (known && name.tag != TypeTag::typedef_) {
    const auto* record = std::get_if<RecordType>(&graph[*known]);
    const auto* enumeration = std::get_if<EnumType>(&graph[*known]);
    const bool complete = (record == nullptr || record->complete) &&
                          (enumeration == nullptr || enumeration->complete);
    if (complete) {
      return known;
    }
  }
  const auto id = source.find(name);
  if (!id) {
    return std::nullopt;
  }
  return import_type(source, graph, *id);
}

TypeId import_type(TypeSource& source, TypeGraph& graph, SourceId id) {
  return Importer(source, graph).import(id);
}

}  // namespace kapi
