// SPDX-License-Identifier: GPL-2.0-only
// What a first pass over raw BTF leaves for those that come after it.
#pragma once

#include <cstdint>
#include <vector>

#include "kapi/base.h"

namespace kapi {

struct BtfSummary {
  Cursor whole;  // header, types and strings, without what follows them
  Cursor strings;
  uint32_t first_id = 1;
  std::vector<uint32_t> offset;  // of the type with id first_id + i, from the start of `whole`
  bool signed_enums = false;     // an enum says that it is signed, so the others are not
};

}  // namespace kapi
