// SPDX-License-Identifier: GPL-2.0-only
// Where a C compiler puts the members of a record, for layouts written by hand.
#pragma once

#include <map>
#include <vector>

#include "kapi/types.h"

namespace kapi {

// What the text of a record left open.
struct OpenRecord {
  bool packed = false;
  bool sized = false;        // its size is given
  std::vector<bool> placed;  // by member: its offset is given
  size_t line = 0;           // for errors
};

// Fills in the offsets and sizes that `open` leaves open; it holds every complete record of the
// graph. Throws InputError naming the record's line where C has no answer.
void lay_out_records(TypeGraph& graph, const Abi& abi, const std::map<TypeId, OpenRecord>& open);

// The place of a line of graph text.
Place text_place(size_t line);

}  // namespace kapi
