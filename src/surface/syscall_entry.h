// SPDX-License-Identifier: GPL-2.0-only
// What stands behind one number of a syscall table.
#pragma once

#include <string>

#include "kapi/image.h"
#include "surface/syscall_abis.h"

namespace kapi {

struct SyscallEntry {
  enum State {
    implemented,
    not_implemented,  // sys_ni_syscall, or what stands in for a whole subsystem
    stub,             // what COND_SYSCALL leaves where nothing implements the call
    unnamed,          // no symbol names a syscall there
  };
  State state = unnamed;
  std::string symbol;
  std::string name;
};

// `address` is what the table holds. It may have many names (a syscall without arguments is the
// same code for every ABI); the one that this table's macro made is taken, and of several such the
// same in every image.
SyscallEntry syscall_entry(const Image& image, const TableKind& kind, uint64_t address);

}  // namespace kapi
