// SPDX-License-Identifier: GPL-2.0-only
// Copies a type and what it holds from a source into a graph, by the rule of TypeReader::import.
#pragma once

#include <optional>

#include "kapi/types.h"
#include "types/type_source.h"

namespace kapi {

std::optional<TypeId> import_type(TypeSource& source, TypeGraph& graph, const TypeName& name);
TypeId import_type(TypeSource& source, TypeGraph& graph, SourceId id);

}  // namespace kapi
