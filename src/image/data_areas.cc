// SPDX-License-Identifier: GPL-2.0-only
#include "image/data_areas.h"

#include <elf.h>

namespace kapi {

std::vector<DataArea> data_areas(const ElfFile& elf) {
  std::vector<DataArea> areas;
  size_t room = elf.bytes().size();
  const auto add = [&](uint64_t address, uint64_t offset, uint64_t size, std::string_view name) {
    if (elf.in_file(offset, size) && size <= room) {
      room -= size;
      areas.push_back({address, elf.slice(offset, size, name)});
    }
  };
  for (const Section& section : elf.sections()) {
    if (section.allocated && section.type == SHT_PROGBITS && (section.flags & SHF_EXECINSTR) == 0) {
      add(section.address, section.offset, section.size, section.name);
    }
  }
  if (elf.sections().empty()) {
    for (const Segment& segment : elf.segments()) {
      if (segment.type == PT_LOAD) {
        add(segment.address, segment.offset, segment.file_size, "PT_LOAD");
      }
    }
  }
  return areas;
}

}  // namespace kapi
