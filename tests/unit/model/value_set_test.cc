// SPDX-License-Identifier: GPL-2.0-only
// The algebra of value sets against brute force: on widths up to 8 bits every value is tried, with
// an `accepts` written a second time here, straight from the kernel's checks.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "kapi/model.h"

namespace {

using kapi::Bits;
using kapi::compare_constraints;
using kapi::Constraint;
using kapi::SetComparison;
using kapi::SetOrder;
using kapi::ValueType;

// All values of a narrow type, extended, in order as unsigned patterns.
std::vector<uint64_t> values_of(ValueType type) {
  std::vector<uint64_t> values;
  for (uint64_t raw = 0; raw < uint64_t{1} << type.width; raw++) {
    const bool negative = type.is_signed && (raw >> (type.width - 1)) != 0;
    values.push_back(negative ? raw - (uint64_t{1} << type.width) : raw);
  }
  std::sort(values.begin(), values.end());
  return values;
}

bool reference_accepts(const Constraint& c, uint64_t value) {
  const auto v = static_cast<int64_t>(value);
  if (c.type == "range") {
    return (!c.min || *c.min <= v) && (!c.max || v <= *c.max);
  }
  if (c.type == "mask") {
    return (value & ~c.mask->value) == 0;
  }
  if (c.type == "enum") {
    return c.values.empty() || std::find(c.values.begin(), c.values.end(), v) != c.values.end();
  }
  if (c.type == "alignment") {
    const uint64_t a = *c.alignment;
    return a != 0 && (a & (a - 1)) == 0 && (value & (a - 1)) == 0;
  }
  if (c.type == "power_of_two") {
    return value != 0 && (value & (value - 1)) == 0;
  }
  if (c.type == "page_aligned") {
    return (value & 4095) == 0;
  }
  return c.type != "nonzero" || value != 0;
}

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  uint64_t below(uint64_t bound) { return random_() % bound; }

  ValueType type() { return {static_cast<unsigned>(1 + below(8)), below(2) == 1}; }

  Constraint constraint() {
    static const char* const kTypes[] = {"none",      "buffer",       "range",        "range",
                                         "mask",      "mask",         "enum",         "enum",
                                         "alignment", "power_of_two", "page_aligned", "nonzero"};
    Constraint c;
    c.type = kTypes[below(std::size(kTypes))];
    if (c.type == "range") {
      if (below(4) != 0) {
        c.min = near();
      }
      if (below(4) != 0) {
        c.max = near();
      }
    } else if (c.type == "mask") {
      c.mask = Bits{below(3) == 0 ? ~below(256) : below(512)};
    } else if (c.type == "enum") {
      for (uint64_t count = below(12); count > 0; count--) {
        c.values.push_back(near());
      }
      std::sort(c.values.begin(), c.values.end());
    } else if (c.type == "alignment") {
      c.alignment = below(3) == 0 ? below(20) : uint64_t{1} << below(10);
    }
    return c;
  }

 private:
  // A little beyond what 8 bits hold, on both sides, and now and then far beyond.
  int64_t near() {
    return below(16) == 0 ? static_cast<int64_t>(random_())
                          : static_cast<int64_t>(below(560)) - 280;
  }

  std::mt19937_64 random_;
};

std::optional<uint64_t> first_only_in(const std::vector<uint64_t>& a,
                                      const std::vector<uint64_t>& b) {
  for (const uint64_t value : a) {
    if (!std::binary_search(b.begin(), b.end(), value)) {
      return value;
    }
  }
  return std::nullopt;
}

std::vector<uint64_t> accepted(const Constraint& c, ValueType type) {
  std::vector<uint64_t> values;
  for (const uint64_t value : values_of(type)) {
    if (reference_accepts(c, value)) {
      values.push_back(value);
    }
  }
  return values;
}

SetOrder order_of(bool lost, bool gained) {
  if (lost) {
    return gained ? SetOrder::changed : SetOrder::tightened;
  }
  return gained ? SetOrder::loosened : SetOrder::equal;
}

std::string describe(const Constraint& c, ValueType type) {
  kapi::Api api;
  api.params.emplace_back().constraint = c;
  return kapi::to_json(api) + std::to_string(type.width) + (type.is_signed ? " signed" : "");
}

TEST_CASE("comparison and acceptance agree with brute force on narrow types") {
  Generator generate(20251121);
  int seen[4] = {};
  for (int round = 0; round < 10000; round++) {
    const Constraint a = generate.constraint();
    const Constraint b = generate.constraint();
    const ValueType a_type = generate.type();
    const ValueType b_type = generate.below(3) == 0 ? generate.type() : a_type;
    const auto a_values = accepted(a, a_type);
    const auto b_values = accepted(b, b_type);

    const SetComparison result = compare_constraints(&a, &b, a_type, b_type);
    const auto lost = first_only_in(a_values, b_values);
    const auto gained = first_only_in(b_values, a_values);
    const bool same = result.lost == lost && result.gained == gained &&
                      result.order == order_of(lost.has_value(), gained.has_value()) &&
                      !result.witness_is_length;
    if (!same) {
      FAIL(describe(a, a_type) << "\n" << describe(b, b_type));
    }
    seen[static_cast<int>(result.order)]++;
    for (const uint64_t value : values_of(a_type)) {
      if (kapi::accepts(a, a_type, value) != reference_accepts(a, value)) {
        FAIL(describe(a, a_type) << " accepts " << value);
      }
    }
  }
  // The generator reaches every verdict often enough to mean something.
  for (const int count : seen) {
    CHECK(count > 250);
  }
}

// ---- wide types, where the answers are worked out by hand --------------------------------------

const ValueType kInt = {32, true};
const ValueType kUnsigned = {32, false};
const ValueType kLong = {64, true};
const ValueType kUnsignedLong = {64, false};

Constraint plain(std::string type) {
  Constraint c;
  c.type = std::move(type);
  return c;
}
Constraint none() { return plain("none"); }
Constraint nonzero() { return plain("nonzero"); }
Constraint power_of_two() { return plain("power_of_two"); }
Constraint mask(uint64_t bits) {
  Constraint c = plain("mask");
  c.mask = Bits{bits};
  return c;
}
Constraint alignment(uint64_t bytes) {
  Constraint c = plain("alignment");
  c.alignment = bytes;
  return c;
}
Constraint listed(std::vector<int64_t> values) {
  Constraint c = plain("enum");
  c.values = std::move(values);
  return c;
}
Constraint range(std::optional<int64_t> min, std::optional<int64_t> max) {
  Constraint c = plain("range");
  c.min = min;
  c.max = max;
  return c;
}
Constraint user_string(std::optional<int64_t> min, std::optional<int64_t> max) {
  Constraint c = range(min, max);
  c.type = "user_string";
  return c;
}
Constraint user_ptr(std::optional<uint64_t> size) {
  Constraint c = plain("user_ptr");
  c.size = size;
  return c;
}

void expect(const Constraint& a, const Constraint& b, std::optional<uint64_t> lost,
            std::optional<uint64_t> gained, ValueType a_type = kLong, ValueType b_type = kLong) {
  INFO(describe(a, a_type) << "\n" << describe(b, b_type));
  const SetComparison result = compare_constraints(&a, &b, a_type, b_type);
  CHECK(result.lost == lost);
  CHECK(result.gained == gained);
  CHECK(result.order == order_of(lost.has_value(), gained.has_value()));
  const SetComparison swapped = compare_constraints(&b, &a, b_type, a_type);
  CHECK(swapped.lost == gained);
  CHECK(swapped.gained == lost);
}

TEST_CASE("masks") {
  expect(mask(0x7fffff), mask(0x7fffc3), 0x4, std::nullopt);
  expect(mask(0x7fffff), mask(0x7fffc3), 0x4, std::nullopt, kInt, kInt);
  expect(mask(0x5), mask(0xa), 0x1, 0x2);
  expect(mask(0), none(), std::nullopt, 1);
  expect(mask(UINT64_MAX), none(), std::nullopt, std::nullopt);
  // Of an int, bits 32 to 63 are set together or not at all, with bit 31.
  expect(mask(0xffffffff), mask(0x7fffffff), std::nullopt, std::nullopt, kInt, kInt);
  expect(mask(0xffffffff), mask(0x7fffffff), 0x80000000, std::nullopt, kUnsigned, kUnsigned);
  expect(mask(UINT64_MAX << 31), mask(0), 0xffffffff80000000, std::nullopt, kInt, kInt);
}

TEST_CASE("ranges are signed, whatever the type") {
  expect(range(0, INT32_MAX), none(), std::nullopt, 0xffffffff80000000, kInt, kInt);
  expect(range(0, INT32_MAX), none(), std::nullopt, 0x80000000, kUnsigned, kUnsigned);
  // A size_t of 2^63 and more looks negative.
  expect(range(0, std::nullopt), none(), std::nullopt, uint64_t{1} << 63, kUnsignedLong,
         kUnsignedLong);
  expect(range(std::nullopt, std::nullopt), none(), std::nullopt, std::nullopt);
  expect(range(INT64_MIN, -1), none(), std::nullopt, 0);
  expect(range(-5, 10), range(-5, 9), 10, std::nullopt);
  expect(range(-5, 10), range(-4, 10), static_cast<uint64_t>(-5), std::nullopt);
  expect(range(-5, 10), range(-4, 12), static_cast<uint64_t>(-5), 11);
  expect(range(5, 4), mask(0), std::nullopt, 0);  // accepts nothing
  expect(range(0, 7), mask(7), std::nullopt, std::nullopt);
  expect(range(0, 100), mask(0x3f), 0x40, std::nullopt);
  // Of 0x1234568 and up, the first with a bit outside the mask.
  expect(range(0x1234568, INT64_MAX), mask(~uint64_t{0x200}), 0x1234600, 0);
  expect(range(1, std::nullopt), nonzero(), std::nullopt, uint64_t{1} << 63);
}

TEST_CASE("alignments and powers of two") {
  expect(alignment(uint64_t{1} << 63), none(), std::nullopt, 1);
  expect(alignment(uint64_t{1} << 63), listed({INT64_MIN, 0}), std::nullopt, std::nullopt);
  expect(alignment(8), alignment(16), 8, std::nullopt);
  expect(alignment(8), mask(~uint64_t{7}), std::nullopt, std::nullopt);
  expect(alignment(4096), plain("page_aligned"), std::nullopt, std::nullopt);
  expect(alignment(12), alignment(0), std::nullopt, std::nullopt);  // both reject all
  expect(alignment(12), listed({3}), std::nullopt, 3);
  expect(power_of_two(), nonzero(), std::nullopt, 3);
  expect(power_of_two(), range(1, INT64_MAX), uint64_t{1} << 63, 3);
  expect(power_of_two(), mask(0xff), 0x100, 0);
  CHECK(kapi::accepts(power_of_two(), kLong, uint64_t{1} << 63) == true);
  CHECK(kapi::accepts(power_of_two(), kLong, 0) == false);
  // An int has no 2^31, but its sign bit alone is not one bit in 64.
  expect(power_of_two(), listed({1 << 30}), 1, std::nullopt, kInt, kInt);
  CHECK(kapi::accepts(power_of_two(), kInt, 0xffffffff80000000) == false);
}

TEST_CASE("lists") {
  expect(listed({-1, 0, 1, 2}), listed({0, 1, 3}), 2, 3);
  expect(listed({-1, 0, 1}), listed({0, 1}), UINT64_MAX, std::nullopt);
  expect(listed({}), none(), std::nullopt, std::nullopt);
  expect(listed({3, 3, 3}), listed({3}), std::nullopt, std::nullopt);
  expect(listed({0, 1, 2, 3}), range(0, 3), std::nullopt, std::nullopt);
  expect(listed({0, 1, 2, 3}), mask(7), std::nullopt, 4);
  expect(listed({0, INT64_MIN, -1}), none(), std::nullopt, 1);
  // What the type cannot hold is not in the set.
  expect(listed({1, 300}), listed({1}), std::nullopt, std::nullopt, {8, false}, {8, false});
}

TEST_CASE("a change of type alone is seen") {
  expect(none(), none(), 0xffffffff80000000, 0x80000000, kInt, kUnsigned);
  expect(none(), none(), 0x80000000, std::nullopt, kLong, kInt);
  expect(none(), none(), std::nullopt, std::nullopt, kLong, kUnsignedLong);
  expect(mask(0xff), mask(0xff), std::nullopt, std::nullopt, kInt, kUnsignedLong);
  CHECK(kapi::accepts(none(), kInt, 0x80000000) == false);
}

TEST_CASE("an absent constraint accepts everything") {
  const Constraint anything = plain("buffer");
  const Constraint some = nonzero();
  CHECK(compare_constraints(nullptr, nullptr, kInt, kInt).order == SetOrder::equal);
  CHECK(compare_constraints(nullptr, &anything, kInt, kInt).order == SetOrder::equal);
  const SetComparison result = compare_constraints(nullptr, &some, kInt, kInt);
  CHECK(result.order == SetOrder::tightened);
  CHECK(result.lost == 0);
}

TEST_CASE("user memory is compared by length") {
  const auto compare = [](const Constraint& a, const Constraint& b) {
    return compare_constraints(&a, &b, kUnsignedLong, kUnsignedLong);
  };
  SetComparison result = compare(user_string(0, 255), user_string(1, 100));
  CHECK(result.order == SetOrder::tightened);
  CHECK(result.lost == 0);
  CHECK(result.witness_is_length);

  result = compare(user_string(std::nullopt, 255), user_string(0, 4095));
  CHECK(result.order == SetOrder::loosened);
  CHECK(result.gained == 256);

  // A maximum of 0 or less is none.
  CHECK(compare(user_string(0, 0), user_string(std::nullopt, std::nullopt)).order ==
        SetOrder::equal);
  CHECK(compare(user_string(0, -1), user_string(0, 15)).lost == 16);
  CHECK(compare(user_string(20, 10), user_string(0, 0)).order == SetOrder::loosened);

  result = compare(user_ptr(16), user_ptr(24));
  CHECK(result.order == SetOrder::tightened);
  CHECK(result.lost == 16);
  CHECK(result.witness_is_length);
  CHECK(compare(user_ptr(16), user_ptr(16)).order == SetOrder::equal);
  CHECK(compare(user_ptr(std::nullopt), user_ptr(16)).order == SetOrder::incomparable);
}

TEST_CASE("what the number does not decide is equal or incomparable") {
  const auto order = [](const Constraint& a, const Constraint& b) {
    const SetComparison result = compare_constraints(&a, &b, kLong, kLong);
    CHECK(!result.lost);
    CHECK(!result.gained);
    return result.order;
  };
  for (const char* type : {"custom", "user_path", "user_ptr", "user_string", "unknown_17", ""}) {
    const Constraint undecided = plain(type);
    CHECK(!kapi::accepts(undecided, kLong, 1));
    CHECK(order(undecided, undecided) == SetOrder::equal);
    CHECK(order(undecided, none()) == SetOrder::incomparable);
    CHECK(order(mask(1), undecided) == SetOrder::incomparable);
    CHECK(compare_constraints(nullptr, &undecided, kLong, kLong).order == SetOrder::incomparable);
  }
  CHECK(order(plain("custom"), plain("user_path")) == SetOrder::incomparable);
  Constraint other = plain("unknown_17");
  other.min = 1;
  CHECK(order(plain("unknown_17"), other) == SetOrder::incomparable);
}

}  // namespace
