// SPDX-License-Identifier: GPL-2.0-only
// What a constraint accepts, as a set of values, and how two such sets compare.
#pragma once

#include <cstdint>
#include <optional>

#include "kapi/model/signature.h"

namespace kapi {

// The type of the value a constraint looks at: the kernel sees the argument, narrowed to its C
// type, then extended to 64 bits, so an `int` of -1 has all 64 bits set and an `unsigned int`
// has 32.
struct ValueType {
  unsigned width = 64;  // bits, 1 to 64
  bool is_signed = true;
};

enum class SetOrder { equal, tightened, loosened, changed, incomparable };

struct SetComparison {
  SetOrder order = SetOrder::equal;
  // Smallest value (as an unsigned 64-bit pattern, so non-negative ones first) that only the old
  // set, and that only the new set accepts.
  std::optional<uint64_t> lost;
  std::optional<uint64_t> gained;
  // Two user_string, or two user_ptr constraints: the sets hold lengths of the memory behind the
  // argument in bytes (of a string without its NUL), and so do the witnesses.
  bool witness_is_length = false;
};

// Compares what two constraints accept; a null one accepts everything, as `none` and `buffer` do.
// Each set holds values of its own type only, so that a narrower type alone is a tightening.
// `incomparable` when one of them is not a set of values that can be decided from the number alone
// (custom, user memory, an unknown type) and they differ; of user memory, two string lengths and
// two pointers with a size can be compared. Page size is taken as 4096 on both.
SetComparison compare_constraints(const Constraint* old_constraint,
                                  const Constraint* new_constraint, ValueType old_type,
                                  ValueType new_type);
// Whether a value (already extended to 64 bits) is accepted; nothing if that cannot be decided. A
// value that the type cannot have is not.
std::optional<bool> accepts(const Constraint& constraint, ValueType type, uint64_t value);

}  // namespace kapi
