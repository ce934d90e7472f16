// SPDX-License-Identifier: GPL-2.0-only
// The tables by which the kernel dispatches syscalls.
#pragma once

#include <span>
#include <string_view>

#include "kapi/image.h"
#include "kapi/model.h"

namespace kapi {

// Where an architecture keeps the table of one ABI, and how it names the functions in it.
struct TableKind {
  Arch arch;
  std::string_view abi;
  std::string_view symbol;
  // A function that dispatches this ABI by code. Where it exists and the table does not, the image
  // has no table to read: x86 kernels since 6.9, and older ones with the same fix (commit
  // 1e3ad78334a6, "x86/syscall: Don't force use of indirect calls for system calls").
  std::string_view dispatcher;
  // Prefixes of entry symbols that take the native arguments, so that the syscall metadata
  // describes them; and those that take their own (COMPAT_SYSCALL_DEFINE).
  std::span<const std::string_view> native_prefixes;
  std::span<const std::string_view> compat_prefixes;
};

std::span<const TableKind> table_kinds();

// Whether the entry takes the arguments that the syscall metadata describes.
bool is_native(const TableKind& kind, std::string_view entry);

// Adds the implemented syscalls of one table and its coverage to the corpus.
void read_syscall_table(const Image& image, const TableKind& kind, Corpus& corpus);

}  // namespace kapi
