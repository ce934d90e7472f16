// SPDX-License-Identifier: GPL-2.0-only
// x86_64 instructions as operations. The only place that knows the disassembler.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "code/instruction.h"

namespace kapi::code {

// General registers by their numbers in the instruction set.
namespace x86 {
inline constexpr uint8_t rax = 0, rcx = 1, rdx = 2, rbx = 3, rsp = 4, rbp = 5, rsi = 6, rdi = 7,
                         r8 = 8, r9 = 9, r10 = 10, r11 = 11;
inline constexpr size_t kRegisters = 16;
}  // namespace x86

class X86Decoder {
 public:
  X86Decoder();
  ~X86Decoder();
  X86Decoder(const X86Decoder&) = delete;
  X86Decoder& operator=(const X86Decoder&) = delete;

  // Nothing if the bytes are no instruction.
  std::optional<Instruction> decode(std::span<const std::byte> bytes, uint64_t address) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kapi::code
