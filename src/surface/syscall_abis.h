// SPDX-License-Identifier: GPL-2.0-only
// What each architecture's kernel conventions are for its syscall ABIs: one more is one more row.
#pragma once

#include <span>
#include <string_view>

#include "kapi/image.h"

namespace kapi {

// One ABI of a kernel: its table, and how the functions in it are named.
struct TableKind {
  Arch arch;
  unsigned bits;  // of the kernel
  // What the ABI is called; the same where a kernel of its own and one that emulates it have it.
  std::string_view abi;
  std::string_view symbol;
  // Of the first entry. Userspace's own numbers: those of mips begin at 4000, 5000 and 6000. The
  // bit by which an x32 program marks its calls is no part of them, as in syscall_64.tbl.
  uint64_t first_number;
  // A function that dispatches this ABI by code. Where it exists and the table does not, the image
  // has no table to read: x86 kernels since 6.9, and older ones with the same fix (commit
  // 1e3ad78334a6, "x86/syscall: Don't force use of indirect calls for system calls").
  std::string_view dispatcher;
  // Prefixes of entry symbols that take the native arguments, so that the syscall metadata
  // describes them; and those that take their own (COMPAT_SYSCALL_DEFINE). In order of preference.
  std::span<const std::string_view> native_prefixes;
  std::span<const std::string_view> compat_prefixes;
  // Prefixes of functions that a kernel has only if it has this ABI.
  std::span<const std::string_view> signs;
  // The index of close() in the table, whose name and number no kernel ever changed: what a table
  // that no symbol names is recognised by.
  uint64_t close_index;
};

// The ABIs of an architecture and word size, the kernel's own first; none if it is not known here.
std::span<const TableKind> table_kinds(Arch arch, unsigned bits);

// Whether the entry takes the arguments that the syscall metadata describes.
bool is_native(const TableKind& kind, std::string_view entry);

// The syscall that an entry symbol of this ABI implements: "openat" of "__x64_sys_openat"; empty if
// the symbol is not named like one.
std::string_view syscall_name(const TableKind& kind, std::string_view entry);

}  // namespace kapi
