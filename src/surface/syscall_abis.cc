// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_abis.h"

#include <algorithm>
#include <iterator>

namespace kapi {
namespace {

using Prefixes = std::string_view[];

// SYSCALL_DEFINE without a wrapper, as most architectures had and some have it. Last everywhere:
// kernels with wrappers have functions of these names besides.
constexpr Prefixes kPlain = {"sys_"};
constexpr Prefixes kPlainCompat = {"compat_sys_"};
// What every kernel has that has syscalls.
constexpr Prefixes kKernelSigns = {"sys_ni_syscall"};

// arch/x86/include/asm/syscall_wrapper.h
constexpr Prefixes kX64 = {"__x64_sys_", "sys_"};
constexpr Prefixes kX64Compat = {"__x64_compat_sys_", "__x32_compat_sys_", "compat_sys_"};
constexpr Prefixes kX32Signs = {"__x64_compat_sys_", "__x32_compat_sys_"};
constexpr Prefixes kIa32 = {"__ia32_sys_", "sys_"};
constexpr Prefixes kIa32Compat = {"__ia32_compat_sys_", "compat_sys_", "sys32_"};
constexpr Prefixes kIa32Signs = {"__ia32_sys_", "__ia32_compat_sys_", "compat_sys_"};

// arch/arm64/include/asm/syscall_wrapper.h
constexpr Prefixes kArm64 = {"__arm64_sys_", "sys_"};
constexpr Prefixes kArm64Compat = {"__arm64_compat_sys_", "compat_sys_"};
// arch/arm/tools/syscall.tbl
constexpr Prefixes kOabi = {"sys_oabi_"};

// arch/s390/include/asm/syscall_wrapper.h
constexpr Prefixes kS390x = {"__s390x_sys_", "sys_"};
constexpr Prefixes kS390 = {"__s390_sys_", "sys_"};
constexpr Prefixes kS390Compat = {"__s390_compat_sys_", "compat_sys_"};
constexpr Prefixes kS390Signs = {"__s390_sys_", "__s390_compat_sys_", "compat_sys_"};

// arch/riscv/include/asm/syscall_wrapper.h
constexpr Prefixes kRiscv = {"__riscv_sys_", "sys_"};
constexpr Prefixes kRiscvCompat = {"__riscv_compat_sys_", "compat_sys_"};

// arch/powerpc/kernel/syscalls/syscall.tbl; names without "sys_" before 6.1
constexpr Prefixes kPowerOwn = {"ppc64_", "ppc32_", "ppc_"};
constexpr Prefixes kPowerCompat = {"compat_sys_", "ppc64_", "ppc32_", "ppc_"};

// arch/mips/kernel/syscalls/*.tbl; what saves the registers first is named __sys_clone
constexpr Prefixes kMips = {"sys_", "__sys_", "mipsmt_sys_"};
constexpr Prefixes kMipsOwn = {"sysm_"};
constexpr Prefixes kN32Compat = {"compat_sys_", "sysn32_", "sys_32_", "sysm_"};
constexpr Prefixes kN32Signs = {"sysn32_"};
constexpr Prefixes kO32Compat = {"compat_sys_", "sys32_", "sys_32_", "sysm_"};
constexpr Prefixes kO32Signs = {"sys32_"};

// By architecture and word size, the kernel's own ABI first.
constexpr TableKind kKinds[] = {
    {Arch::x86_64, 64, "x86_64", "sys_call_table", 0, "x64_sys_call", kX64, kX64Compat,
     kKernelSigns, 3},
    {Arch::x86_64, 64, "ia32", "ia32_sys_call_table", 0, "ia32_sys_call", kIa32, kIa32Compat,
     kIa32Signs, 6},
    {Arch::x86_64, 64, "x32", "x32_sys_call_table", 0, "x32_sys_call", kX64, kX64Compat, kX32Signs,
     3},
    {Arch::i386, 32, "i386", "sys_call_table", 0, "ia32_sys_call", kIa32, {}, kKernelSigns, 6},
    {Arch::arm64, 64, "arm64", "sys_call_table", 0, "", kArm64, {}, kKernelSigns, 57},
    {Arch::arm64, 64, "arm", "compat_sys_call_table", 0, "", kArm64, kArm64Compat, kArm64Compat, 6},
    {Arch::arm, 32, "arm", "sys_call_table", 0, "", kPlain, {}, kKernelSigns, 6},
    {Arch::arm, 32, "arm-oabi", "sys_oabi_call_table", 0x900000, "", kPlain, kOabi, kOabi, 6},
    {Arch::s390x, 64, "s390x", "sys_call_table", 0, "", kS390x, {}, kKernelSigns, 6},
    {Arch::s390x, 64, "s390", "sys_call_table_emu", 0, "", kS390, kS390Compat, kS390Signs, 6},
    {Arch::riscv64, 64, "riscv64", "sys_call_table", 0, "", kRiscv, {}, kKernelSigns, 57},
    {Arch::riscv64, 64, "riscv32", "compat_sys_call_table", 0, "", kRiscv, kRiscvCompat,
     kRiscvCompat, 57},
    {Arch::riscv32, 32, "riscv32", "sys_call_table", 0, "", kRiscv, {}, kKernelSigns, 57},
    {Arch::ppc64, 64, "ppc64", "sys_call_table", 0, "", kPlain, kPowerOwn, kKernelSigns, 6},
    {Arch::ppc64, 64, "ppc", "compat_sys_call_table", 0, "", kPlain, kPowerCompat, kPlainCompat, 6},
    {Arch::ppc, 32, "ppc", "sys_call_table", 0, "", kPlain, kPowerOwn, kKernelSigns, 6},
    {Arch::mips, 64, "n64", "sys_call_table", 5000, "", kMips, kMipsOwn, kKernelSigns, 3},
    {Arch::mips, 64, "n32", "sysn32_call_table", 6000, "", kMips, kN32Compat, kN32Signs, 3},
    {Arch::mips, 64, "o32", "sys32_call_table", 4000, "", kMips, kO32Compat, kO32Signs, 6},
    {Arch::mips, 32, "o32", "sys_call_table", 4000, "", kMips, kMipsOwn, kKernelSigns, 6},
};

std::string_view without_prefix(std::string_view symbol,
                                std::span<const std::string_view> prefixes) {
  for (const auto prefix : prefixes) {
    if (symbol.starts_with(prefix) && symbol.size() > prefix.size()) {
      return symbol.substr(prefix.size());
    }
  }
  return {};
}

// What the compiler and the linker put behind a name: "__x64_sys_read.llvm.123",
// "__arm64_sys_read.cfi_jt". The dot before the code of a function on big-endian ppc64 is none.
std::string_view plain_name(std::string_view symbol) {
  return symbol.substr(0, symbol.find('.', 1));
}

}  // namespace

std::span<const TableKind> table_kinds(Arch arch, unsigned bits) {
  const auto matches = [&](const TableKind& kind) {
    return kind.arch == arch && kind.bits == bits;
  };
  const auto* first = std::find_if(std::begin(kKinds), std::end(kKinds), matches);
  return {first, std::find_if_not(first, std::end(kKinds), matches)};
}

bool is_native(const TableKind& kind, std::string_view entry) {
  return without_prefix(plain_name(entry), kind.compat_prefixes).empty() &&
         !without_prefix(plain_name(entry), kind.native_prefixes).empty();
}

std::string_view syscall_name(const TableKind& kind, std::string_view entry) {
  // Assembly that moves arguments first: sys_rt_sigreturn_wrapper, on arm.
  constexpr std::string_view kWrapper = "_wrapper";
  const std::string_view symbol = plain_name(entry);
  std::string_view name = without_prefix(symbol, kind.compat_prefixes);
  if (name.empty()) {
    name = without_prefix(symbol, kind.native_prefixes);
  }
  if (name.ends_with(kWrapper) && name.size() > kWrapper.size()) {
    name.remove_suffix(kWrapper.size());
  }
  return name;
}

}  // namespace kapi
