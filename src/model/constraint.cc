// SPDX-License-Identifier: GPL-2.0-only
// What a constraint accepts, by the checks of the kernel's own validation code.
#include <bit>
#include <limits>

#include "model/value_set.h"

namespace kapi {
namespace {

constexpr uint64_t kAllBits = UINT64_MAX;
constexpr uint64_t kPageSize = 4096;
constexpr uint64_t kMaxPath = 4095;  // PATH_MAX without the NUL

ValueSet aligned_to(uint64_t alignment, const Intervals& domain) {
  // 0 and what is no power of two reject every value.
  return std::has_single_bit(alignment) ? ValueSet::lattice(~(alignment - 1), domain)
                                        : ValueSet::empty();
}

ValueSet powers_of_two(const Intervals& domain) {
  std::vector<uint64_t> powers;
  for (unsigned bit = 0; bit < 64; bit++) {
    powers.push_back(uint64_t{1} << bit);
  }
  return ValueSet::points(std::move(powers), domain);
}

ValueSet listed(const std::vector<int64_t>& values, const Intervals& domain) {
  // An empty list accepts all.
  return values.empty() ? ValueSet::lattice(kAllBits, domain)
                        : ValueSet::points({values.begin(), values.end()}, domain);
}

// The values an argument may have; nothing where the number does not decide.
std::optional<ValueSet> values_of(const Constraint* constraint, ValueType type) {
  const Intervals domain = domain_of(type);
  if (constraint == nullptr || constraint->type == "none" || constraint->type == "buffer") {
    return ValueSet::lattice(kAllBits, domain);
  }
  const Constraint& c = *constraint;
  if (c.type == "range") {
    using Limits = std::numeric_limits<int64_t>;
    const Intervals range =
        signed_range(c.min.value_or(Limits::min()), c.max.value_or(Limits::max()));
    return ValueSet::lattice(kAllBits, intersection(range, domain));
  }
  if (c.type == "mask") {
    return ValueSet::lattice(c.mask.value_or(Bits{}).value, domain);
  }
  if (c.type == "enum") {
    return listed(c.values, domain);
  }
  if (c.type == "alignment") {
    return aligned_to(c.alignment.value_or(0), domain);
  }
  if (c.type == "page_aligned") {
    return aligned_to(kPageSize, domain);
  }
  if (c.type == "power_of_two") {
    return powers_of_two(domain);
  }
  if (c.type == "nonzero") {
    return ValueSet::lattice(kAllBits, intersection({{1, UINT64_MAX}}, domain));
  }
  return std::nullopt;
}

// The lengths that user memory behind the argument may have; nothing where that is not the
// constraint.
std::optional<ValueSet> lengths_of(const Constraint& c) {
  if (c.type == "user_string") {
    const auto min = static_cast<uint64_t>(std::max<int64_t>(c.min.value_or(0), 0));
    const auto max = static_cast<uint64_t>(std::max<int64_t>(c.max.value_or(0), 0));
    const Intervals at_least = {{min, UINT64_MAX}};
    return ValueSet::lattice(kAllBits, max == 0 ? at_least : intersection(at_least, {{0, max}}));
  }
  if (c.type == "user_path") {
    return ValueSet::lattice(kAllBits, {{0, kMaxPath}});
  }
  if (c.type == "user_ptr" && c.size) {
    return ValueSet::lattice(kAllBits, {{*c.size, UINT64_MAX}});
  }
  return std::nullopt;
}

SetComparison compare_sets(const ValueSet& old_set, const ValueSet& new_set) {
  SetComparison result;
  result.lost = old_set.first_not_in(new_set);
  result.gained = new_set.first_not_in(old_set);
  if (result.lost) {
    result.order = result.gained ? SetOrder::changed : SetOrder::tightened;
  } else {
    result.order = result.gained ? SetOrder::loosened : SetOrder::equal;
  }
  return result;
}

}  // namespace

SetComparison compare_constraints(const Constraint* old_constraint,
                                  const Constraint* new_constraint, ValueType old_type,
                                  ValueType new_type) {
  const auto old_values = values_of(old_constraint, old_type);
  const auto new_values = values_of(new_constraint, new_type);
  if (old_values && new_values) {
    return compare_sets(*old_values, *new_values);
  }
  SetComparison result;
  // With one side undecidable and one not, the two cannot be equal.
  if (old_values || new_values) {
    result.order = SetOrder::incomparable;
    return result;
  }
  if (*old_constraint == *new_constraint) {
    return result;
  }
  if (old_constraint->type == new_constraint->type) {
    const auto old_lengths = lengths_of(*old_constraint);
    const auto new_lengths = lengths_of(*new_constraint);
    if (old_lengths && new_lengths) {
      result = compare_sets(*old_lengths, *new_lengths);
      result.witness_is_length = true;
      return result;
    }
  }
  result.order = SetOrder::incomparable;
  return result;
}

std::optional<bool> accepts(const Constraint& constraint, ValueType type, uint64_t value) {
  const auto values = values_of(&constraint, type);
  return values ? std::optional(values->contains(value)) : std::nullopt;
}

}  // namespace kapi
