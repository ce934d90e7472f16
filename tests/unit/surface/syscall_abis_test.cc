// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_abis.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace kapi {
namespace {

constexpr Arch kArchs[] = {Arch::x86_64,  Arch::i386,    Arch::arm64, Arch::arm, Arch::s390x,
                           Arch::riscv64, Arch::riscv32, Arch::ppc64, Arch::ppc, Arch::mips};

const TableKind& kind_of(Arch arch, unsigned bits, std::string_view abi) {
  const auto kinds = table_kinds(arch, bits);
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const TableKind& kind) { return kind.abi == abi; });
  REQUIRE(found != kinds.end());
  return *found;
}

TEST_CASE("every architecture has rows, together and with different names") {
  for (const Arch arch : kArchs) {
    const std::string arch_name(name(arch));
    CAPTURE(arch_name);
    size_t count = 0;
    for (const unsigned bits : {32U, 64U}) {
      std::set<std::string_view> abis;
      std::set<std::string_view> symbols;
      for (const TableKind& kind : table_kinds(arch, bits)) {
        CHECK(kind.arch == arch);
        CHECK(kind.bits == bits);
        CHECK(abis.insert(kind.abi).second);
        CHECK(symbols.insert(kind.symbol).second);
        CHECK(!kind.native_prefixes.empty());
        CHECK(!kind.signs.empty());
        count++;
      }
    }
    CHECK(count != 0);
  }
  CHECK(table_kinds(Arch::unknown, 64).empty());
  CHECK(table_kinds(Arch::x86_64, 32).empty());
}

TEST_CASE("a syscall is called by its function without what the kernel's macros add") {
  struct Case {
    Arch arch;
    unsigned bits;
    const char* abi;
    const char* entry;
    const char* name;
    bool native;
  };
  const Case cases[] = {
      {Arch::x86_64, 64, "x86_64", "__x64_sys_openat", "openat", true},
      {Arch::x86_64, 64, "x86_64", "sys_openat", "openat", true},  // before 4.17
      {Arch::x86_64, 64, "x32", "__x64_compat_sys_ioctl", "ioctl", false},
      {Arch::x86_64, 64, "ia32", "__ia32_compat_sys_ioctl", "ioctl", false},
      {Arch::x86_64, 64, "ia32", "__ia32_sys_read.llvm.123", "read", true},
      {Arch::i386, 32, "i386", "__ia32_sys_ia32_pread64", "ia32_pread64", true},
      {Arch::arm64, 64, "arm64", "__arm64_sys_read.cfi_jt", "read", true},
      {Arch::arm64, 64, "arm", "__arm64_compat_sys_aarch32_mmap2", "aarch32_mmap2", false},
      {Arch::arm64, 64, "arm", "__arm64_sys_close", "close", true},
      {Arch::arm, 32, "arm", "sys_rt_sigreturn_wrapper", "rt_sigreturn", true},
      {Arch::arm, 32, "arm-oabi", "sys_oabi_semop", "semop", false},
      {Arch::s390x, 64, "s390x", "__s390x_sys_read", "read", true},
      {Arch::s390x, 64, "s390", "__s390_sys_close", "close", true},
      {Arch::s390x, 64, "s390", "__s390_compat_sys_s390_read", "s390_read", false},
      {Arch::riscv64, 64, "riscv64", "__riscv_sys_riscv_hwprobe", "riscv_hwprobe", true},
      {Arch::riscv64, 64, "riscv32", "__riscv_compat_sys_ioctl", "ioctl", false},
      {Arch::ppc64, 64, "ppc64", "sys_ppc64_personality", "ppc64_personality", true},
      {Arch::ppc64, 64, "ppc", "compat_sys_ioctl", "ioctl", false},
      {Arch::mips, 64, "n64", "__sys_clone3", "clone3", true},
      {Arch::mips, 64, "n64", "sysm_pipe", "pipe", false},
      {Arch::mips, 64, "n32", "sysn32_rt_sigreturn", "rt_sigreturn", false},
      {Arch::mips, 64, "o32", "sys_32_mmap2", "mmap2", false},
      {Arch::mips, 32, "o32", "mipsmt_sys_sched_setaffinity", "sched_setaffinity", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.entry);
    const TableKind& kind = kind_of(c.arch, c.bits, c.abi);
    CHECK(syscall_name(kind, c.entry) == c.name);
    CHECK(is_native(kind, c.entry) == c.native);
  }
}

TEST_CASE("what is not named like an entry is no syscall") {
  for (const char* entry : {"", "sys_", "__se_sys_read", "__do_sys_read", "vfs_read", "_wrapper"}) {
    CAPTURE(entry);
    CHECK(syscall_name(kind_of(Arch::x86_64, 64, "x86_64"), entry).empty());
    CHECK(!is_native(kind_of(Arch::x86_64, 64, "x86_64"), entry));
  }
  CHECK(syscall_name(kind_of(Arch::arm64, 64, "arm64"), "__arm64_compat_sys_read").empty());
}

TEST_CASE("numbers begin where userspace's do") {
  CHECK(kind_of(Arch::mips, 64, "n64").first_number == 5000);
  CHECK(kind_of(Arch::mips, 64, "n32").first_number == 6000);
  CHECK(kind_of(Arch::mips, 64, "o32").first_number == 4000);
  CHECK(kind_of(Arch::mips, 32, "o32").first_number == 4000);
  CHECK(kind_of(Arch::arm, 32, "arm-oabi").first_number == 0x900000);
  CHECK(kind_of(Arch::arm, 32, "arm").first_number == 0);
}

}  // namespace
}  // namespace kapi
