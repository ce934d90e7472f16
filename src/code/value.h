// SPDX-License-Identifier: GPL-2.0-only
// What is known of a 64-bit word: some of its bits, bounds, that it is one of a few constants, that
// bits of it are bits of a variable (an argument, a word of user memory, the result of a call),
// that it is a place on the stack. Everything that is not known may be anything: two unknown words
// are never taken for equal.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "code/instruction.h"

namespace kapi::code {

// A word that is not known but is the same wherever it was copied to. 0: none.
using Variable = uint16_t;
// From here on the variables are results of calls and words of memory: names that mean something in
// one state only, unlike an argument or a word of user memory, which are the same in all of a run.
inline constexpr Variable kFirstLocal = 0x4000;
constexpr bool is_local(Variable variable) { return variable >= kFirstLocal; }

// What branches taken have told of a variable.
struct Knowledge {
  uint64_t zero = 0;  // bits that are 0
  uint64_t one = 0;   // bits that are 1
  uint64_t low = 0;   // bounds of all 64 bits, and of the lower 32, unsigned
  uint64_t high = UINT64_MAX;
  uint64_t low32 = 0;
  uint64_t high32 = UINT32_MAX;
  uint64_t some = 0;            // if not 0: one of these bits is 1
  bool never_positive = false;  // the lower 32 bits, as a signed number
  bool operator==(const Knowledge&) const = default;
};

// Of the variables that anything is known of, by variable.
class Known {
 public:
  const Knowledge* find(Variable variable) const;
  Knowledge& at(Variable variable);
  void forget(Variable variable);
  // Calls the variables by other names: `name` of each, 0 to forget it.
  template <typename Name>
  void rename(Name name);
  // What both know.
  void join(const Known& other);
  // Gives up bounds that differ from what was known before; of bits there are only so many.
  void widen(const Known& before);
  bool operator==(const Known&) const = default;

 private:
  std::vector<std::pair<Variable, Knowledge>> entries_;
};

template <typename Name>
void Known::rename(Name name) {
  for (auto& [variable, knowledge] : entries_) {
    variable = name(variable);
  }
  std::erase_if(entries_, [](const auto& entry) { return entry.first == 0; });
  std::sort(entries_.begin(), entries_.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

// Of a word: what can be said of it without its history.
struct Facts {
  uint64_t zero = 0;
  uint64_t one = 0;
  uint64_t low = 0;
  uint64_t high = UINT64_MAX;
  bool not_zero = false;
  bool is_constant() const { return low == high; }
};

constexpr uint64_t mask_of(unsigned width) {
  return width >= 64 ? UINT64_MAX : (uint64_t{1} << width) - 1;
}

// Marks variables in a set. Two may share a mark: what depends on one may then seem to depend on
// the other as well.
constexpr uint64_t mark_of(Variable variable) {
  return variable == 0 ? 0 : uint64_t{1} << (variable % 64U);
}
inline constexpr uint64_t kAnyVariable = UINT64_MAX;

struct Value {
  static constexpr size_t kConstants = 8;
  enum class Kind : uint8_t {
    bits,
    constants,  // one of `count`
    stack,      // offset from the stack pointer at entry: addend to addend + slack
    registers,  // the saved registers of userspace, struct pt_regs, plus addend
    sum,        // (the word described by the members for bits + addend) modulo 2^width
  };
  Kind kind = Kind::bits;
  uint8_t count = 0;
  uint8_t width = 64;
  uint8_t sign_from = 0;   // bits from here on are copies of the bit below; 0: none are
  bool destroyed = false;  // by a call that may have used the register: nobody should read it
  int8_t shift = 0;        // bit i is bit i + shift of the variable
  Variable variable = 0;
  uint64_t tracked = 0;  // of what is followed, the variables that it depends on: see mark_of
  uint64_t zero = 0;
  uint64_t one = 0;
  uint64_t from = 0;      // bits that are bits of the variable
  uint64_t inverted = 0;  // those of them that are its complement
  uint64_t low = 0;
  uint64_t high = UINT64_MAX;
  uint64_t addend = 0;
  uint64_t slack = 0;
  std::array<uint64_t, kConstants> constants = {};  // ascending

  bool operator==(const Value&) const = default;

  static Value unknown() { return {}; }
  static Value constant(uint64_t value);
  static Value between(uint64_t low, uint64_t high);
  static Value of_variable(Variable variable, uint64_t tracked = 0);
  Value as_tracked(uint64_t marks) const;  // by these as well
  static Value stack(int64_t offset);
  static Value user_registers();

  bool is_constant() const { return kind == Kind::constants && count == 1; }
  uint64_t constant_value() const { return constants[0]; }
  // Bits of the variable and nothing unknown besides: the same variable gives the same word.
  bool is_slice() const;
  // The variable itself, all `width` bits of it.
  bool is_whole(unsigned width) const;
  std::optional<int64_t> stack_offset() const;  // if it is one place
};

Facts facts_of(const Value& value, const Known& known);
// Nothing but the facts; the variable is forgotten.
Value settled(const Facts& facts);

Value truncated(const Value& value, unsigned width);
Value sign_extended(const Value& value, unsigned from, unsigned to, const Known& known);
// `value` >> bit, the lower `width` bits.
Value part(const Value& value, unsigned bit, unsigned width, const Known& known);
// `whole` with `width` bits from `bit` on replaced.
Value with_part(const Value& whole, const Value& part, unsigned bit, unsigned width,
                const Known& known);

// The result of add, sub, and_, or_, xor_, shl, shr, sar, mul in `width` bits, zero-extended.
Value compute(Op op, const Value& a, const Value& b, unsigned width, const Known& known);

// What holds for either, each seen with what is known in its own state.
Value joined(const Value& a, const Known& known_a, const Value& b, const Known& known_b);
// The same, giving up what still changes: bounds and constants.
Value widened(const Value& old_value, const Value& new_value);

}  // namespace kapi::code
