// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <vector>

#include "diff/match_members.h"

namespace kapi {

// Two structs that specs describe. `where` is the struct itself.
void match_struct(const Struct& old_struct, const Struct& new_struct, const Where& where,
                  std::vector<Change>& out);
// Two layouts as compiled, of one name; the corpora of both sides are known. `size_travels` if
// programs tell the kernel on both sides how large theirs is.
void match_layout(const Struct& old_struct, const Struct& new_struct, bool size_travels,
                  const Where& where, std::vector<Change>& out);

}  // namespace kapi
