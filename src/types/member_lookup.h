// SPDX-License-Identifier: GPL-2.0-only
// Member lookup that copies no name, for the reader of objects: it looks up thousands of members.
#pragma once

#include <optional>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

struct MemberPlace {
  const Member* member = nullptr;
  TypeId type = 0;
  uint64_t bit_offset = 0;  // from the start of the record that was asked
  uint64_t bit_size = 0;
};

std::optional<MemberPlace> locate_member(const TypeGraph& graph, TypeId record,
                                         std::string_view name);

}  // namespace kapi
