// SPDX-License-Identifier: GPL-2.0-only
#include "model/value_set.h"

#include <algorithm>
#include <bit>

namespace kapi {
namespace {

constexpr uint64_t kMax = UINT64_MAX;

// The smallest x >= from that has no bit outside `mask`.
std::optional<uint64_t> next_submask(uint64_t mask, uint64_t from) {
  const uint64_t offending = from & ~mask;
  if (offending == 0) {
    return from;
  }
  // x is above `from`, so at some bit x has 1 where `from` has 0, and above it both are equal. That
  // bit lies above every offending one; the lowest such gives the smallest x, with nothing below.
  const uint64_t up_to_highest = kMax >> std::countl_zero(offending);
  const uint64_t candidates = mask & ~from & ~up_to_highest;
  if (candidates == 0) {
    return std::nullopt;
  }
  const uint64_t bit = candidates & (~candidates + 1);
  return (from & ~(bit | (bit - 1))) | bit;
}

// The same, for an x that has `bit`, which is in `mask`.
std::optional<uint64_t> next_submask_with(uint64_t mask, uint64_t bit, uint64_t from) {
  const auto x = next_submask(mask, from);
  if (!x || (*x & bit) != 0) {
    return x;
  }
  return (*x & ~(bit - 1)) | bit;
}

Intervals complement(const Intervals& intervals) {
  Intervals rest;
  uint64_t from = 0;
  for (const Interval& interval : intervals) {
    if (interval.first > from) {
      rest.push_back({from, interval.first - 1});
    }
    if (interval.last == kMax) {
      return rest;
    }
    from = interval.last + 1;
  }
  rest.push_back({from, kMax});
  return rest;
}

bool covers(const Intervals& intervals, uint64_t value) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const Interval& interval) {
    return interval.first <= value && value <= interval.last;
  });
}

// The smaller of `best` and `candidate`, if that is in the interval.
void consider(std::optional<uint64_t>& best, std::optional<uint64_t> candidate,
              const Interval& interval) {
  if (candidate && *candidate <= interval.last && (!best || *candidate < *best)) {
    best = candidate;
  }
}

}  // namespace

Intervals domain_of(ValueType type) {
  const unsigned width = std::clamp(type.width, 1U, 64U);
  if (!type.is_signed || width == 64) {
    return {{0, kMax >> (64 - width)}};
  }
  const uint64_t sign = uint64_t{1} << (width - 1);
  return {{0, sign - 1}, {~(sign - 1), kMax}};
}

Intervals signed_range(int64_t min, int64_t max) {
  const auto first = static_cast<uint64_t>(min);
  const auto last = static_cast<uint64_t>(max);
  if (min > max) {
    return {};
  }
  if (min < 0 && max >= 0) {
    return {{0, last}, {first, kMax}};
  }
  return {{first, last}};
}

Intervals intersection(const Intervals& a, const Intervals& b) {
  Intervals both;
  for (const Interval& x : a) {
    for (const Interval& y : b) {
      const Interval common = {std::max(x.first, y.first), std::min(x.last, y.last)};
      if (common.first <= common.last) {
        both.push_back(common);
      }
    }
  }
  return both;  // ascending and disjoint as a and b are
}

ValueSet ValueSet::points(std::vector<uint64_t> values, const Intervals& within) {
  ValueSet set;
  set.is_points_ = true;
  std::sort(values.begin(), values.end());
  std::copy_if(values.begin(), values.end(), std::back_inserter(set.points_),
               [&](uint64_t value) { return covers(within, value); });
  return set;
}

ValueSet ValueSet::lattice(uint64_t mask, Intervals intervals) {
  ValueSet set;
  set.mask_ = mask;
  set.intervals_ = std::move(intervals);
  return set;
}

bool ValueSet::contains(uint64_t value) const {
  if (is_points_) {
    return std::binary_search(points_.begin(), points_.end(), value);
  }
  return (value & ~mask_) == 0 && covers(intervals_, value);
}

std::optional<uint64_t> ValueSet::next(uint64_t from) const {
  if (is_points_) {
    const auto point = std::lower_bound(points_.begin(), points_.end(), from);
    return point == points_.end() ? std::nullopt : std::optional(*point);
  }
  std::optional<uint64_t> best;
  for (const Interval& interval : intervals_) {
    consider(best, next_submask(mask_, std::max(from, interval.first)), interval);
  }
  return best;
}

std::optional<uint64_t> ValueSet::first_not_in(const ValueSet& other) const {
  if (is_points_ || other.is_points_) {
    // Ends: at the end of the points, here or (at most one member further) there.
    auto value = next(0);
    while (value && other.contains(*value)) {
      value = *value == kMax ? std::nullopt : next(*value + 1);
    }
    return value;
  }
  std::optional<uint64_t> best;
  for (const Interval& gap : intersection(intervals_, complement(other.intervals_))) {
    consider(best, next_submask(mask_, gap.first), gap);
  }
  for (uint64_t bits = mask_ & ~other.mask_; bits != 0; bits &= bits - 1) {
    const uint64_t bit = bits & (~bits + 1);
    for (const Interval& interval : intervals_) {
      consider(best, next_submask_with(mask_, bit, interval.first), interval);
    }
  }
  return best;
}

}  // namespace kapi
