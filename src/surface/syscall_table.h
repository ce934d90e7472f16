// SPDX-License-Identifier: GPL-2.0-only
// The tables by which the kernel dispatches syscalls.
#pragma once

#include "kapi/image.h"
#include "kapi/model.h"
#include "surface/syscall_abis.h"

namespace kapi {

// Adds the implemented syscalls of each table and its coverage to the corpus. The kinds are those
// of the image's architecture.
void read_syscall_tables(const Image& image, std::span<const TableKind> kinds, Corpus& corpus);

}  // namespace kapi
