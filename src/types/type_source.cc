// SPDX-License-Identifier: GPL-2.0-only
#include "types/type_source.h"

namespace kapi {

void set_references(TypeNode& node, const std::vector<TypeId>& ids) {
  if (auto* pointer = std::get_if<PointerType>(&node)) {
    pointer->target = ids.at(0);
  } else if (auto* array = std::get_if<ArrayType>(&node)) {
    array->element = ids.at(0);
  } else if (auto* definition = std::get_if<TypedefType>(&node)) {
    definition->target = ids.at(0);
  } else if (auto* qualified = std::get_if<QualifiedType>(&node)) {
    qualified->target = ids.at(0);
  } else if (auto* function = std::get_if<FunctionType>(&node)) {
    function->result = ids.at(0);
    function->parameters.assign(ids.begin() + 1, ids.end());
  }
}

}  // namespace kapi
