// SPDX-License-Identifier: GPL-2.0-only
// The types that kernel C code uses without declaring them, for layouts written by hand.
#pragma once

#include <optional>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

// "unsigned long", "u32", "size_t", "bool" … on this ABI, added to the graph if it is not there.
std::optional<TypeId> builtin_type(TypeGraph& graph, std::string_view name, const Abi& abi);

}  // namespace kapi
