// SPDX-License-Identifier: GPL-2.0-only
// A record as compiled, in the form of the model.
#pragma once

#include <optional>

#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

// The layout of a complete record, or of the record without a name that a typedef stands for; what
// it holds by value is complete too. Nothing if the type is neither, or has more fields than a
// compiler would write.
std::optional<Struct> layout_of(const TypeGraph& graph, TypeId type);

// The type without a name that only this typedef names, if it is such a one.
std::optional<TypeId> named_by_typedef(const TypeGraph& graph, TypeId type);

}  // namespace kapi
