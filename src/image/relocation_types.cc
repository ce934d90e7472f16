// SPDX-License-Identifier: GPL-2.0-only
#include "image/relocation_types.h"

#include <elf.h>

namespace kapi {
namespace {

struct Row {
  Arch arch;
  uint32_t type;
  RelocationType meaning;
};

constexpr RelocationType kAbsolute64{RelocationType::absolute, 8};
constexpr RelocationType kAbsolute32{RelocationType::absolute, 4};
constexpr RelocationType kRelative64{RelocationType::relative, 8};
constexpr RelocationType kRelative32{RelocationType::relative, 4};

constexpr uint32_t mips64_type(uint32_t first, uint32_t second, uint32_t third) {
  return first | second << 8 | third << 16;
}

constexpr Row kRows[] = {
    {Arch::x86_64, R_X86_64_64, kAbsolute64},
    {Arch::x86_64, R_X86_64_32, kAbsolute32},
    {Arch::x86_64, R_X86_64_32S, kAbsolute32},
    {Arch::x86_64, R_X86_64_RELATIVE, kRelative64},
    {Arch::i386, R_386_32, kAbsolute32},
    {Arch::i386, R_386_RELATIVE, kRelative32},
    {Arch::arm64, R_AARCH64_ABS64, kAbsolute64},
    {Arch::arm64, R_AARCH64_ABS32, kAbsolute32},
    {Arch::arm64, R_AARCH64_RELATIVE, kRelative64},
    {Arch::arm, R_ARM_ABS32, kAbsolute32},
    {Arch::arm, R_ARM_RELATIVE, kRelative32},
    {Arch::s390x, R_390_64, kAbsolute64},
    {Arch::s390x, R_390_32, kAbsolute32},
    {Arch::s390x, R_390_RELATIVE, kRelative64},
    {Arch::riscv64, R_RISCV_64, kAbsolute64},
    {Arch::riscv64, R_RISCV_32, kAbsolute32},
    {Arch::riscv64, R_RISCV_RELATIVE, kRelative64},
    {Arch::riscv32, R_RISCV_32, kAbsolute32},
    {Arch::riscv32, R_RISCV_RELATIVE, kRelative32},
    {Arch::ppc64, R_PPC64_ADDR64, kAbsolute64},
    {Arch::ppc64, R_PPC64_UADDR64, kAbsolute64},
    {Arch::ppc64, R_PPC64_ADDR32, kAbsolute32},
    {Arch::ppc64, R_PPC64_RELATIVE, kRelative64},
    {Arch::ppc, R_PPC_ADDR32, kAbsolute32},
    {Arch::ppc, R_PPC_UADDR32, kAbsolute32},
    {Arch::ppc, R_PPC_RELATIVE, kRelative32},
    {Arch::mips, R_MIPS_32, kAbsolute32},
    // "Relative" where it names no symbol, and on 64 bits made of two: see mips64_type().
    {Arch::mips, R_MIPS_REL32, kAbsolute32},
    {Arch::mips, R_MIPS_64, kAbsolute64},
    {Arch::mips, mips64_type(R_MIPS_REL32, R_MIPS_64, R_MIPS_NONE), kAbsolute64},
};

}  // namespace

RelocationType relocation_type(Arch arch, uint32_t type) {
  // Type 0 is R_*_NONE everywhere.
  if (type == 0) {
    return {RelocationType::none, 0};
  }
  for (const Row& row : kRows) {
    if (row.arch == arch && row.type == type) {
      return row.meaning;
    }
  }
  return {};
}

}  // namespace kapi
