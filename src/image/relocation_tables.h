// SPDX-License-Identifier: GPL-2.0-only
// Which tables of relocations count for the contents of an image.
//
// A relocatable file (ET_REL) has one for each section they apply to; a position-independent one
// has those that its loader applies, in allocated sections or named by PT_DYNAMIC. What
// `--emit-relocs` leaves in a linked image (not allocated; a Debian vmlinux has 250 MB of it) was
// applied by the linker already and must never be applied again.
#pragma once

#include <memory>
#include <vector>

#include "image/address_map.h"
#include "image/elf_file.h"
#include "image/symbol_table.h"

namespace kapi {

struct RelocationTable {
  enum Kind {
    rel,   // the addend is what the place holds
    rela,  // the addend is in the table, whatever the place holds
    relr,  // a bitmap of places that hold a relative address
  };
  Kind kind = rela;
  Cursor entries;  // a whole number of them
  size_t entry_size = 0;
  const Section* target = nullptr;  // what offsets count from; null if they are addresses
  std::shared_ptr<const SymbolTable> symbols;  // null if the table names none
};

// All tables together are no larger than the file. Throws InputError if one cannot be read.
std::vector<RelocationTable> relocation_tables(const ElfFile& elf, const AddressMap& map);

}  // namespace kapi
