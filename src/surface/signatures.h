// SPDX-License-Identifier: GPL-2.0-only
// The parameters and return types of syscalls, from the syscall metadata, BTF or DWARF. One
// kernel's signatures are equal whichever they are from: types have one spelling, and what one
// source cannot say is left out of all (whether a pointer is a __user one, qualifiers of the value
// itself).
#pragma once

#include <memory>
#include <span>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/surface.h"
#include "kapi/types.h"
#include "surface/syscall_abis.h"

namespace kapi {

// Gives each syscall of the corpus its signature, with the coverage "signatures/<abi>".
// `types_from` is as for read_syscalls.
SyscallTypes read_signatures(const std::shared_ptr<const Image>& image, TypeReader& types,
                             const std::string& types_from, std::span<const TableKind> kinds,
                             Corpus& corpus);

}  // namespace kapi
