// SPDX-License-Identifier: GPL-2.0-only
// Syscall tables that no symbol names: kernels without CONFIG_KALLSYMS_ALL, as Debian 12 ships
// them, name their functions only. A table is then what nothing else is, a long run of pointers to
// syscall entries, with close() in its place.
#pragma once

#include <span>
#include <vector>

#include "kapi/image.h"
#include "surface/syscall_abis.h"

namespace kapi {

struct FoundTable {
  const TableKind* kind = nullptr;
  uint64_t address = 0;
  uint64_t size = 0;  // bytes
};

// At most one for each of the kinds, which are those of one architecture; none where several places
// could be the table.
std::vector<FoundTable> find_tables(const Image& image, std::span<const TableKind> kinds);

}  // namespace kapi
