// SPDX-License-Identifier: GPL-2.0-only
// Sets of 64-bit values, as constraints denote them.
//
// Two shapes suffice for every constraint whose answer depends on the number alone:
//
//   points   a sorted list: enum, power of two (64 of them)
//   lattice  { v : v has no bit outside `mask`, and v lies in one of `intervals` }: everything
//   else.
//            A range is a lattice with all bits, a mask, alignment or page alignment one with all
//            values of the type.
//
// The smallest member of A∖B is found without walking either set:
//
//   A points     the first point that B does not contain.
//   B points     members of A in order; at most |B| of them can be in B, so at most |B| + 1 steps.
//   both lattice v is in A∖B if v is in A and (v lies outside the intervals of B, or v has a bit
//                that B's mask lacks). So the answer is the smallest of: per interval of A∖B's
//                intervals, its smallest submask of A's mask; per bit of A's mask that B's lacks
//                and per interval of A, the smallest submask of A's mask with that bit. At most
//                four plus 64 × two candidates, each from a handful of bit operations.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "kapi/model.h"

namespace kapi {

// Unsigned, both ends included, first <= last.
struct Interval {
  uint64_t first;
  uint64_t last;
};
using Intervals = std::vector<Interval>;  // ascending, disjoint

class ValueSet {
 public:
  static ValueSet points(std::vector<uint64_t> values, const Intervals& within);
  static ValueSet lattice(uint64_t mask, Intervals intervals);
  static ValueSet empty() { return lattice(0, {}); }

  bool contains(uint64_t value) const;
  // The smallest member that `other` does not have.
  std::optional<uint64_t> first_not_in(const ValueSet& other) const;

 private:
  // The smallest member that is at least `from`.
  std::optional<uint64_t> next(uint64_t from) const;

  bool is_points_ = false;
  std::vector<uint64_t> points_;  // ascending
  uint64_t mask_ = 0;
  Intervals intervals_;
};

// All values of a type, as bit patterns extended to 64 bits.
Intervals domain_of(ValueType type);
// The patterns whose signed value is between min and max; none if min > max.
Intervals signed_range(int64_t min, int64_t max);
Intervals intersection(const Intervals& a, const Intervals& b);

}  // namespace kapi
