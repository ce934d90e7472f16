// SPDX-License-Identifier: GPL-2.0-only
// Numbers that no header has to be read for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kapi {

// A name that stands for the same number on every LP64 architecture.
std::optional<int64_t> builtin_constant(std::string_view name);
// The number of an errno on most architectures (include/uapi/asm-generic and the kernel's own ones
// from 512); alpha, mips, parisc and sparc have some of their own.
std::optional<int64_t> generic_errno(std::string_view name);

}  // namespace kapi
