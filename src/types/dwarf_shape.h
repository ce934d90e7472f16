// SPDX-License-Identifier: GPL-2.0-only
// Whether two units mean the same by a name, without building the types.
#pragma once

#include "types/dwarf_unit.h"

namespace kapi {

// A hash of a type's definition: its size, its members with their places, enumerators, bounds, and
// the names of the types within; types without a name are gone into, pointers are not followed. Two
// units that compiled one header give the same.
uint64_t shape_of(UnitReader& reader, const ScannedEntry& entry);

}  // namespace kapi
