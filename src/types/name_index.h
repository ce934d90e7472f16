// SPDX-License-Identifier: GPL-2.0-only
// From the names of types to where they are defined, without storing names: a kernel has a hundred
// thousand of them, and an image is asked for a handful. The caller compares the name of a hit.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "kapi/types.h"

namespace kapi {

class NameIndex {
 public:
  void reserve(size_t count);
  // `value` is not 0. Of several values for one name the first stays.
  void add(TypeTag tag, std::string_view name, uint64_t value);
  // The value of a name with the same hash: of this name, but for one in 2^64.
  std::optional<uint64_t> find(TypeTag tag, std::string_view name) const;

 private:
  struct Slot {
    uint64_t hash = 0;
    uint64_t value = 0;  // 0: free
  };
  size_t position_of(uint64_t hash) const;

  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  size_t size_ = 0;
};

}  // namespace kapi
