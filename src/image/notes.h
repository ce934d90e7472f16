// SPDX-License-Identifier: GPL-2.0-only
// Who built an image, and which build it is.
#pragma once

#include <string>

#include "image/elf_file.h"

namespace kapi {

// Lower-case hex of the first NT_GNU_BUILD_ID note, or empty. What follows a malformed note in its
// section is not looked at, as nothing says where the next one begins.
std::string read_build_id(const ElfFile& elf);

// The compiler's line of .comment, or empty. LLD puts its own line beside the compiler's.
std::string read_compiler(const ElfFile& elf);

}  // namespace kapi
