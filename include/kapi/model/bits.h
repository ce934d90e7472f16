// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>

namespace kapi {

// A set of bits, written as a hexadecimal string.
struct Bits {
  uint64_t value = 0;
  bool operator==(const Bits&) const = default;
};

}  // namespace kapi
