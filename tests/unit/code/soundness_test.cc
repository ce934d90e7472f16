// SPDX-License-Identifier: GPL-2.0-only
// Whatever is known of a word must be true of every number that it can be. Random expressions are
// computed twice: over what is known, and with numbers.
#include <doctest/doctest.h>

#include <bit>
#include <random>

#include "code/state.h"

namespace kapi::code {
namespace {

constexpr Variable kFirst = 1;
constexpr Variable kSecond = 2;

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  uint64_t below(uint64_t end) { return engine_() % end; }
  // Numbers that code is full of: small ones, masks, single bits, negative ones, any.
  uint64_t number() {
    switch (below(6)) {
      case 0:
        return below(20);
      case 1:
        return mask_of(static_cast<unsigned>(below(64)) + 1);
      case 2:
        return uint64_t{1} << below(64);
      case 3:
        return uint64_t{0} - below(5000);
      case 4:
        return static_cast<uint32_t>(engine_());
      default:
        return engine_();
    }
  }

 private:
  std::mt19937_64 engine_;
};

uint64_t concrete(Op op, uint64_t a, uint64_t b, unsigned width) {
  const uint64_t mask = mask_of(width);
  a &= mask;
  b &= mask;
  switch (op) {
    case Op::add:
      return (a + b) & mask;
    case Op::sub:
      return (a - b) & mask;
    case Op::and_:
      return a & b;
    case Op::or_:
      return a | b;
    case Op::xor_:
      return a ^ b;
    case Op::mul:
      return (a * b) & mask;
    case Op::shl:
      return b >= width ? 0 : (a << b) & mask;
    case Op::shr:
      return b >= width ? 0 : a >> b;
    default: {
      const auto shift = std::min<uint64_t>(b, width - 1);
      const bool negative = (a >> (width - 1) & 1) != 0;
      const uint64_t moved = a >> shift;
      return (negative ? moved | ~(mask >> shift) : moved) & mask;
    }
  }
}

uint64_t extended(uint64_t value, unsigned from, unsigned to) {
  value &= mask_of(from);
  const bool negative = (value >> (from - 1) & 1) != 0;
  return (negative ? value | ~mask_of(from) : value) & mask_of(to);
}

bool agrees(const Value& value, const Known& known, uint64_t number) {
  const Facts facts = facts_of(value, known);
  return (facts.zero & number) == 0 && (facts.one & ~number) == 0 && number >= facts.low &&
         number <= facts.high && (!facts.not_zero || number != 0);
}

bool holds_for(Condition condition, uint64_t a, uint64_t b, unsigned width) {
  const auto as_signed = [width](uint64_t value) {
    return static_cast<int64_t>(extended(value, width, 64));
  };
  switch (condition) {
    case Condition::equal:
      return a == b;
    case Condition::not_equal:
      return a != b;
    case Condition::below:
      return a < b;
    case Condition::below_equal:
      return a <= b;
    case Condition::above:
      return a > b;
    case Condition::above_equal:
      return a >= b;
    case Condition::less:
      return as_signed(a) < as_signed(b);
    case Condition::less_equal:
      return as_signed(a) <= as_signed(b);
    case Condition::greater:
      return as_signed(a) > as_signed(b);
    case Condition::greater_equal:
      return as_signed(a) >= as_signed(b);
    case Condition::negative:
      return as_signed((a - b) & mask_of(width)) < 0;
    default:
      return as_signed((a - b) & mask_of(width)) >= 0;
  }
}

// A state with two arguments and words computed from them, beside the numbers they stand for.
struct Pair {
  State state;
  std::vector<uint64_t> numbers;
};

Pair beginning(Random& random) {
  Pair pair;
  const uint64_t first = random.number();
  const uint64_t second = random.number();
  for (const auto& [variable, number] : {std::pair{kFirst, first}, {kSecond, second}}) {
    // What is known of it beforehand is true.
    const uint64_t seen = random.below(2) == 0 ? 0 : random.number();
    Knowledge& knowledge = pair.state.known.at(variable);
    knowledge.zero = ~number & seen;
    knowledge.one = number & seen;
    pair.state.registers.push_back(Value::of_variable(variable, true));
    pair.numbers.push_back(number);
  }
  pair.state.registers.push_back(Value::unknown());
  pair.numbers.push_back(random.number());
  return pair;
}

void grow(Pair& pair, Random& random) {
  constexpr Op kOps[] = {Op::add, Op::sub, Op::and_, Op::or_, Op::xor_,
                         Op::shl, Op::shr, Op::sar,  Op::mul};
  constexpr unsigned kWidths[] = {8, 16, 32, 64};
  const unsigned width = kWidths[random.below(4)];
  const size_t a = random.below(pair.numbers.size());
  const Known& known = pair.state.known;
  const Value& left = pair.state.registers[a];
  if (random.below(5) == 0) {
    const unsigned to = width == 64 ? 64 : kWidths[2 + random.below(2)];
    const unsigned from = std::min(width, to);
    const Value value = sign_extended(left, from, to, known);
    pair.numbers.push_back(extended(pair.numbers[a], from, to));
    pair.state.registers.push_back(value);
    return;
  }
  const Op op = kOps[random.below(std::size(kOps))];
  const bool shifts = op == Op::shl || op == Op::shr || op == Op::sar;
  const bool by_constant = random.below(3) != 0;
  const size_t b = random.below(pair.numbers.size());
  const uint64_t number = by_constant ? (shifts ? random.below(width) : random.number())
                                      : pair.numbers[b] & (shifts ? width - 1U : UINT64_MAX);
  const Value right =
      by_constant ? Value::constant(number & mask_of(width))
      : shifts ? compute(Op::and_, pair.state.registers[b], Value::constant(width - 1U), 64, known)
               : truncated(pair.state.registers[b], width);
  const Value result = compute(op, truncated(left, width), right, width, known);
  pair.numbers.push_back(concrete(op, pair.numbers[a], number, width));
  pair.state.registers.push_back(result);
}

void check_all(const Pair& pair, uint64_t seed) {
  for (size_t i = 0; i < pair.numbers.size(); i++) {
    REQUIRE_MESSAGE(agrees(pair.state.registers[i], pair.state.known, pair.numbers[i]),
                    "seed " << seed << ", word " << i);
  }
}

TEST_CASE("what is computed is true of every number") {
  for (uint64_t seed = 0; seed < 20'000; seed++) {
    Random random(seed);
    Pair pair = beginning(random);
    for (int i = 0; i < 8; i++) {
      grow(pair, random);
    }
    check_all(pair, seed);
  }
}

TEST_CASE("a branch is decided only if it goes one way, and what it tells is true") {
  size_t decided = 0;
  for (uint64_t seed = 0; seed < 20'000; seed++) {
    Random random(seed);
    Pair pair = beginning(random);
    for (int i = 0; i < 6; i++) {
      grow(pair, random);
    }
    for (int i = 0; i < 6; i++) {
      const unsigned width = random.below(2) == 0 ? 32 : 64;
      const size_t a = random.below(pair.numbers.size());
      const size_t b = random.below(pair.numbers.size());
      const bool by_constant = random.below(4) != 0;
      // Near the number itself, so that both ways are met.
      const uint64_t number =
          (by_constant ? pair.numbers[a] + random.below(3) - 1 : pair.numbers[b]) & mask_of(width);
      Comparison& flags = pair.state.flags;
      flags.kind = Comparison::difference;
      flags.width = static_cast<uint8_t>(width);
      flags.a = truncated(pair.state.registers[a], width);
      flags.b = by_constant ? Value::constant(number) : truncated(pair.state.registers[b], width);
      flags.origin = {Origin::reg, static_cast<uint8_t>(a), 0};
      const auto condition = static_cast<Condition>(random.below(12));
      const bool truth = holds_for(condition, pair.numbers[a] & mask_of(width), number, width);
      const Truth known = holds(condition, flags, pair.state.known);
      REQUIRE_MESSAGE((known == Truth::maybe || (known == Truth::yes) == truth),
                      "seed " << seed << ", branch " << i);
      decided += known != Truth::maybe ? 1 : 0;
      REQUIRE_MESSAGE(assume(truth ? condition : negated(condition), pair.state),
                      "seed " << seed << ", branch " << i);
      check_all(pair, seed);
    }
  }
  CHECK(decided > 10'000);  // else nothing would have been tested
}

TEST_CASE("what holds on either of two paths holds where they meet") {
  for (uint64_t seed = 0; seed < 20'000; seed++) {
    Random random(seed);
    Pair one = beginning(random);
    Pair other = beginning(random);
    for (int i = 0; i < 5; i++) {
      grow(one, random);
      grow(other, random);
    }
    State met = one.state;
    met.join(other.state, false);
    for (size_t i = 0; i < one.numbers.size(); i++) {
      REQUIRE_MESSAGE(agrees(met.registers[i], met.known, one.numbers[i]), "seed " << seed);
      REQUIRE_MESSAGE(agrees(met.registers[i], met.known, other.numbers[i]), "seed " << seed);
    }
  }
}

TEST_CASE("words on the stack are read as they were written") {
  for (uint64_t seed = 0; seed < 5'000; seed++) {
    Random random(seed);
    Pair pair = beginning(random);
    std::array<uint8_t, 32> bytes = {};
    std::array<bool, 32> written = {};
    Stack stack;
    for (int i = 0; i < 12; i++) {
      grow(pair, random);
      const unsigned size = 1U << random.below(4);
      const auto at = static_cast<size_t>(random.below(32 - size + 1));
      const size_t of = random.below(pair.numbers.size());
      stack.store(static_cast<int64_t>(at), size, pair.state.registers[of], Stack::Slot::object,
                  pair.state.known);
      for (unsigned k = 0; k < size; k++) {
        bytes[at + k] = static_cast<uint8_t>(pair.numbers[of] >> (8 * k));
        written[at + k] = true;
      }
      const unsigned read = 1U << random.below(4);
      const auto from = static_cast<size_t>(random.below(32 - read + 1));
      uint64_t number = 0;
      bool whole = true;
      for (unsigned k = 0; k < read; k++) {
        number |= uint64_t{bytes[from + k]} << (8 * k);
        whole = whole && written[from + k];
      }
      if (whole) {
        const Value value = stack.load(static_cast<int64_t>(from), read, pair.state.known);
        REQUIRE_MESSAGE(agrees(value, pair.state.known, number), "seed " << seed);
      }
    }
  }
}

}  // namespace
}  // namespace kapi::code
