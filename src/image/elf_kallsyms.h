// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <functional>
#include <memory>

#include "image/address_map.h"
#include "image/elf_file.h"
#include "image/kallsyms.h"

namespace kapi {

// The symbols of an ELF image that was stripped, from the kallsyms tables in its data; null if it
// has none. `pointer_at` is the word at an address after relocation. Throws InputError if the
// tables contradict themselves or what else is in the image.
std::unique_ptr<const Kallsyms> read_elf_kallsyms(
    const ElfFile& elf, const AddressMap& map, const std::function<uint64_t(uint64_t)>& pointer_at);

}  // namespace kapi
