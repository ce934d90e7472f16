// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace kapi {

// Throws the InputError for a file that does not begin like an ELF file: what it seems to be
// instead, and what to do about it.
[[noreturn]] void refuse_not_elf(std::span<const std::byte> bytes, const std::string& file);

}  // namespace kapi
