// SPDX-License-Identifier: GPL-2.0-only
// Machine instructions as the few operations that the analysis knows, the same for every
// architecture. What an instruction does beyond them is said as what it destroys, so that nothing
// is taken for known that is not.
#pragma once

#include <cstdint>

namespace kapi::code {

enum class Op : uint8_t {
  nop,
  move,         // target = a, zero-extended
  sign_extend,  // target = a, sign-extended from its own width
  address,      // target = the address of the memory operand a
  add,
  sub,
  and_,
  or_,
  xor_,
  shl,
  shr,
  sar,
  mul,
  neg,
  not_,
  select,      // target = condition ? a : target
  set,         // target = condition ? 1 : 0
  carry_mask,  // target = carry ? all ones : 0 (sbb r, r)
  bit_test,    // carry = bit b of a; the flags say nothing else
  exchange,    // target <-> a
  push,        // a; nothing known if there is none
  pop,         // target, if there is one
  leave,       // stack pointer = frame pointer, then pop of that
  call,        // destination
  call_indirect,
  jump,           // destination
  jump_indirect,  // a: the address, if it can be told
  branch,         // destination if the condition holds
  ret,
  trap,   // ud2: the end, or a warning
  halt,   // the end of a path
  fill,   // memory at rdi is set to rax, rcx times `width` bits
  copy,   // memory at rsi is copied to rdi, rcx times `width` bits
  other,  // only what it destroys is known
};

enum class Condition : uint8_t {
  equal,
  not_equal,
  below,
  below_equal,
  above,
  above_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  negative,
  not_negative,
  opaque,  // overflow, parity, loop counters
};
Condition negated(Condition condition);

// What is known of the flags after an instruction.
enum class Flags : uint8_t {
  keep,
  compare,  // a - b
  logic,    // the result, carry and overflow clear (test, and, or, xor)
  result,   // zero and sign of the result only
  destroy,
};

struct Operand {
  enum Kind : uint8_t { none, reg, immediate, memory };
  Kind kind = none;
  uint8_t width = 64;  // bits
  uint8_t reg_index = 0;
  uint8_t bit = 0;  // of a register: 8 for ah, bh, ch, dh
  // Memory: base + index * scale + displacement; kNoRegister where there is none.
  uint8_t base = 0xff;
  uint8_t index = 0xff;
  uint8_t scale = 1;
  bool segment = false;  // relative to a per-CPU base that is not known
  int64_t displacement = 0;
  uint64_t value = 0;  // of an immediate, extended to `width`
};
inline constexpr uint8_t kNoRegister = 0xff;

struct Instruction {
  uint64_t address = 0;
  uint8_t length = 0;
  Op op = Op::other;
  Condition condition = Condition::opaque;
  Flags flags = Flags::keep;
  bool discards = false;  // cmp, test: only the flags are wanted
  bool exact = true;      // false: memory is written atomically or with what is not known
  uint8_t width = 64;     // of the operation, bits
  Operand target;
  Operand a;
  Operand b;
  uint64_t destination = 0;
  uint32_t destroys = 0;  // registers, a bit each
  uint64_t next() const { return address + length; }
};

}  // namespace kapi::code
