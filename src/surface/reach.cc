// SPDX-License-Identifier: GPL-2.0-only
#include "surface/reach.h"

#include "surface/layout.h"

namespace kapi {

void Reach::add(TypeId root, const std::string& user) {
  for (const TypeId type : reach(root)) {
    reached_[type].insert(user);
  }
}

const std::vector<TypeId>& Reach::reach(TypeId root) {
  const auto [entry, first] = of_root_.try_emplace(root);
  if (!first) {
    return entry->second;
  }
  std::set<TypeId> seen;
  std::vector<Step> next = {{root, true}};
  while (!next.empty()) {
    const Step step = next.back();
    next.pop_back();
    if (seen.count(step.type) == 0) {
      const size_t before = entry->second.size();
      const size_t steps = next.size();
      visit(step, entry->second, next);
      // What is left out behind a pointer may yet be held by value.
      if (entry->second.size() != before || next.size() != steps) {
        seen.insert(step.type);
      }
    }
  }
  return entry->second;
}

void Reach::add_alone(TypeId type) {
  std::vector<TypeId> found;
  std::vector<Step> next;
  visit({type, false}, found, next);
  for (const TypeId id : found) {
    reached_[id];
  }
  complete_held(std::move(next));
}

// For the sizes of members, also of those within records that have no name.
void Reach::complete_held(std::vector<Step> next) {
  std::set<TypeId> seen;
  while (!next.empty()) {
    const TypeId id = types_.graph().strip(next.back().type);
    next.pop_back();
    const TypeNode& node = types_.graph()[id];
    if (const auto* array = std::get_if<ArrayType>(&node)) {
      next.push_back({array->element, false});
    } else if (const auto* record = std::get_if<RecordType>(&node)) {
      if (!record->name.empty()) {
        types_.complete(id);
      } else if (seen.insert(id).second) {
        for (const Member& member : record->members) {
          next.push_back({member.type, false});
        }
      }
    }
  }
}

void Reach::visit(Step step, std::vector<TypeId>& found, std::vector<Step>& next) {
  const TypeGraph& graph = types_.graph();
  const TypeNode& node = graph[step.type];
  if (const auto* pointer = std::get_if<PointerType>(&node)) {
    next.push_back({pointer->target, true});
  } else if (const auto* array = std::get_if<ArrayType>(&node)) {
    next.push_back({array->element, step.behind_pointer});
  } else if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
    next.push_back({qualified->target, step.behind_pointer});
  } else if (std::holds_alternative<TypedefType>(node)) {
    visit_typedef(step, found, next);
  } else if (std::holds_alternative<EnumType>(node)) {
    found.push_back(step.type);
  } else if (std::holds_alternative<RecordType>(node) && visit_record(step, found)) {
    for (const Member& member : std::get<RecordType>(graph[step.type]).members) {
      next.push_back({member.type, false});
    }
  }
}

void Reach::visit_typedef(Step step, std::vector<TypeId>& found, std::vector<Step>& next) {
  const TypeGraph& graph = types_.graph();
  const TypeId target = std::get<TypedefType>(graph[step.type]).target;
  const auto unnamed = named_by_typedef(graph, step.type);
  if (!unnamed) {
    next.push_back({target, step.behind_pointer});
    return;
  }
  if (step.behind_pointer && internal_.contains(*unnamed)) {
    return;
  }
  found.push_back(step.type);
  if (std::holds_alternative<RecordType>(graph[*unnamed])) {
    next.push_back({target, false});
  }
}

bool Reach::visit_record(Step step, std::vector<TypeId>& found) {
  const bool named = name_of(types_.graph()[step.type]).has_value();
  if ((named && !types_.complete(step.type)) ||
      (step.behind_pointer && internal_.contains(step.type))) {
    return false;
  }
  if (named) {
    found.push_back(step.type);
  }
  return true;
}

}  // namespace kapi
