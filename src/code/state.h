// SPDX-License-Identifier: GPL-2.0-only
// What is known at one place of the code: registers, flags, the stack, variables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "code/value.h"

namespace kapi::code {

// Where a word was read from, so that what a branch tells of it can be noted there.
struct Origin {
  enum Kind : uint8_t { none, reg, stack };
  Kind kind = none;
  uint8_t reg_index = 0;
  int64_t offset = 0;
  bool operator==(const Origin&) const = default;
};

// The comparison that the flags are of: a with b, in `width` bits.
struct Comparison {
  enum Kind : uint8_t {
    unknown,
    difference,  // a - b
    result,      // a is a result, b zero; carry and overflow are not known
    carry,       // a is the carry, b zero
  };
  Kind kind = unknown;
  uint8_t width = 64;
  Value a;
  Value b;
  Origin origin;  // of a
  bool operator==(const Comparison&) const = default;
};

// Words on the stack, by their offset from the stack pointer at entry.
class Stack {
 public:
  struct Slot {
    int64_t offset;
    uint8_t size;  // bytes, 1 to 8
    // What the code saved there, registers and return addresses: no pointer to an object leads to
    // it.
    enum Use : uint8_t { object, saved, return_address } use;
    Value value;
    bool operator==(const Slot&) const = default;
  };

  void store(int64_t offset, unsigned size, const Value& value, Slot::Use use, const Known& known);
  Value load(int64_t offset, unsigned size, const Known& known) const;
  // Nothing is known any more of [from, to), but what the code saved.
  void forget(int64_t from, int64_t to);
  void drop_below(int64_t offset);
  // The lowest return address that lies above: the end of the frame that `offset` is in.
  int64_t frame_end(int64_t offset) const;
  Value* slot(int64_t offset, unsigned size);
  std::vector<Slot>& slots() { return slots_; }
  const std::vector<Slot>& slots() const { return slots_; }
  bool operator==(const Stack&) const = default;

 private:
  std::vector<Slot> slots_;  // by offset, disjoint
};

struct State {
  std::vector<Value> registers;
  Comparison flags;
  Stack stack;
  Known known;
  std::vector<int64_t> escaped;  // places on the stack that other code may know, ascending
  bool touched = false;          // a branch asked for what is assumed
  uint64_t decider = 0;          // the last branch that the assumption decided

  bool operator==(const State&) const = default;
  // Every value that is of the variable is unknown from here on: it is about to be another one.
  void forget(Variable variable);
  // What other code may have changed through the places that it knows.
  void forget_escaped();
  void escape(int64_t offset);
  // Makes this hold for either; whether it changed. `widen` gives up what still changes.
  bool join(const State& other, bool widen);

 private:
  bool join_renamed(const State& other, bool widen);
};

enum class Truth : uint8_t { no, yes, maybe };

// Whether the condition holds for the flags of a state.
Truth holds(Condition condition, const Comparison& flags, const Known& known);
// Notes in the state that the condition holds; false if it cannot.
bool assume(Condition condition, State& state);

}  // namespace kapi::code
