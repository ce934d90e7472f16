// SPDX-License-Identifier: GPL-2.0-only
#include "types/exact_types.h"

#include <map>
#include <set>

namespace kapi {
namespace {

// Types within types down to named records. Linux stays below 40.
constexpr int kMaxDepth = 200;
// Nodes of one graph. All of a kernel's BTF takes half a million.
constexpr size_t kMaxNodes = size_t{1} << 23;

class Exact : public ExactTypes {
 public:
  Exact(TypeSource& source, std::string_view origin) : source_(source), origin_(origin) {}

  std::string_view origin() const override { return origin_; }
  const TypeGraph& graph() const override { return graph_; }

  std::vector<std::vector<TypeId>> find(const std::vector<TypeName>& names) override {
    std::vector<std::vector<TypeId>> found;
    for (const auto& ids : source_.find_all(names)) {
      auto& types = found.emplace_back();
      for (const SourceId id : ids) {
        types.push_back(type(id, 0));
      }
    }
    return found;
  }

  std::vector<std::vector<Prototype>> functions(const std::vector<FunctionName>& names) override {
    std::vector<std::vector<Prototype>> found;
    for (const auto& shapes : source_.functions(names)) {
      auto& prototypes = found.emplace_back();
      std::set<std::string> texts;
      for (const FunctionShape& shape : shapes) {
        Prototype prototype = this->prototype(shape);
        if (texts.insert(text(prototype)).second) {
          prototypes.push_back(std::move(prototype));
        }
      }
    }
    return found;
  }

  bool complete(TypeId record) override {
    const auto* known = std::get_if<RecordType>(&graph_[record]);
    if (known == nullptr || known->complete) {
      return known != nullptr;
    }
    const auto definition = definitions_.find(record);
    if (definition == definitions_.end()) {
      return false;
    }
    const SourceId id = definition->second;
    Shape shape = source_.describe(id, Detail::whole);
    members(shape, 0);
    auto& whole = std::get<RecordType>(shape.node);
    if (!whole.complete) {
      return false;
    }
    graph_.complete(record, std::move(shape.node));
    return true;
  }

  std::vector<TypeName> names() override { return source_.names(); }

  std::vector<TypeId> unnamed_enumerations() override {
    std::vector<TypeId> types;
    for (const SourceId id : source_.unnamed_enumerations()) {
      types.push_back(type(id, 0));
    }
    return types;
  }

 private:
  TypeId type(SourceId id, int depth) {
    if (id.key == 0) {
      return 0;
    }
    if (const auto it = known_.find(id); it != known_.end()) {
      return it->second;
    }
    if (depth > kMaxDepth || graph_.size() > kMaxNodes) {
      throw InputError(source_.place(id), "types nested too deeply, or too many");
    }
    Shape shape = source_.describe(id, Detail::name);
    if (const auto* record = std::get_if<RecordType>(&shape.node);
        record != nullptr && !record->name.empty()) {
      const TypeId added = graph_.add(RecordType{record->name, record->is_union, false, 0, {}});
      if (record->complete) {
        definitions_.emplace(added, id);
      }
      return known_[id] = added;
    }
    if (!open_.insert(id).second) {
      throw InputError(source_.place(id), "a type that holds itself");
    }
    if (std::holds_alternative<RecordType>(shape.node)) {
      members(shape, depth);
    } else {
      references(shape, depth);
    }
    open_.erase(id);
    return known_[id] = graph_.add(std::move(shape.node));
  }

  void members(Shape& shape, int depth) {
    auto& record = std::get<RecordType>(shape.node);
    for (size_t i = 0; i < record.members.size(); i++) {
      record.members[i].type = type(shape.refs.at(i), depth + 1);
    }
  }

  void references(Shape& shape, int depth) {
    std::vector<TypeId> ids;
    for (const SourceId ref : shape.refs) {
      ids.push_back(type(ref, depth + 1));
    }
    set_references(shape.node, ids);
  }

  Prototype prototype(const FunctionShape& shape) {
    Prototype prototype{type(shape.result, 0), {}};
    for (const auto& [name, id] : shape.parameters) {
      prototype.parameters.emplace_back(name, type(id, 0));
    }
    return prototype;
  }

  std::string text(const Prototype& prototype) const {
    std::string text = graph_.spelling(prototype.result);
    for (const auto& [name, id] : prototype.parameters) {
      text += "," + graph_.spelling(id) + " " + name;
    }
    return text;
  }

  TypeSource& source_;
  std::string_view origin_;
  TypeGraph graph_;
  std::map<SourceId, TypeId> known_;
  std::map<TypeId, SourceId> definitions_;  // of incomplete records
  std::set<SourceId> open_;                 // being built
};

}  // namespace

std::unique_ptr<ExactTypes> TypeReader::exact(std::string_view) { return nullptr; }

std::unique_ptr<ExactTypes> exact_types(TypeSource& source, std::string_view origin) {
  return std::make_unique<Exact>(source, origin);
}

}  // namespace kapi
