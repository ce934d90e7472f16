// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <string_view>
#include <vector>

#include "image/elf_file.h"

namespace kapi {

// Which addresses have bytes in the file: those of allocated sections, or of PT_LOAD segments if
// the file has no such section.
//
// A linker lays no section over another. Where a file does so all the same, the one that begins
// first keeps its bytes.
class AddressMap {
 public:
  struct Range {
    uint64_t address = 0;
    uint64_t size = 0;  // never 0
    uint64_t file_offset = 0;
    std::string_view name;  // of the section; owned by the ElfFile

    uint64_t last() const { return address + (size - 1); }
  };

  // `elf` must outlive this.
  explicit AddressMap(const ElfFile& elf);

  // The range that holds the address, or null.
  const Range* find(uint64_t address) const;
  bool covers(uint64_t address, uint64_t size) const;
  // The bytes from an address to the end of its range; throws InputError if there are none.
  Cursor at(uint64_t address) const;

 private:
  void add(Range range);
  void sort();

  const ElfFile& elf_;
  std::vector<Range> ranges_;  // disjoint, in order of address
};

}  // namespace kapi
