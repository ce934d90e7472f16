// SPDX-License-Identifier: GPL-2.0-only
// linux_banner: what a kernel says of its own build.
#pragma once

#include <string>
#include <string_view>

#include "image/elf_file.h"

namespace kapi {

// The text at the cursor's position without its newline.
std::string banner_text(Cursor bytes);

// Of an image that does not name the banner: the text in its data that is one; empty if there is
// none. Since 6.1 a kernel holds a second one without the number of the build, from the link before
// its last.
std::string find_banner(const ElfFile& elf);

// "gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0" of "Linux version 6.1.0 (who@where) (gcc-12 (Debian
// 12.2.0-14+deb12u1) 12.2.0, GNU ld …) #1 …"; empty if it names none.
std::string compiler_of_banner(std::string_view banner);

}  // namespace kapi
