// SPDX-License-Identifier: GPL-2.0-only
#include "surface/internal_types.h"

#include <algorithm>
#include <array>

namespace kapi {
namespace {

constexpr int kMaxDepth = 100;

constexpr auto kMarkers = std::to_array<std::string_view>(
    {"atomic64_t",    "atomic_long_t", "atomic_t",   "callback_head",   "completion",
     "hlist_bl_head", "hlist_bl_node", "hlist_head", "hlist_node",      "kobject",
     "kref",          "list_head",     "llist_head", "llist_node",      "lockref",
     "mutex",         "raw_spinlock",  "rb_node",    "rb_root",         "refcount_struct",
     "rw_semaphore",  "spinlock",      "timer_list", "wait_queue_head", "work_struct",
     "xarray"});

}  // namespace

bool InternalTypes::contains(TypeId record) { return look(record, 0); }

bool InternalTypes::look(TypeId type, int depth) {
  if (depth > kMaxDepth) {
    return false;
  }
  const TypeNode& node = types_.graph()[type];
  if (const auto* array = std::get_if<ArrayType>(&node)) {
    return look(array->element, depth + 1);
  }
  if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
    return look(qualified->target, depth + 1);
  }
  const auto name = name_of(node);
  if (name && std::binary_search(kMarkers.begin(), kMarkers.end(), name->name)) {
    return true;
  }
  if (const auto* definition = std::get_if<TypedefType>(&node)) {
    return look(definition->target, depth + 1);
  }
  if (!std::holds_alternative<RecordType>(node)) {
    return false;
  }
  if (const auto it = known_.find(type); it != known_.end()) {
    return it->second;
  }
  known_[type] = false;  // should it hold itself
  types_.complete(type);
  const auto members = std::get<RecordType>(types_.graph()[type]).members;
  return known_[type] = std::any_of(members.begin(), members.end(), [&](const Member& member) {
           return look(member.type, depth + 1);
         });
}

}  // namespace kapi
