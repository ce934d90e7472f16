// SPDX-License-Identifier: GPL-2.0-only
#include "image/address_map.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>

namespace kapi {

AddressMap::AddressMap(const ElfFile& elf) : elf_(elf) {
  bool has_sections = false;
  for (const Section& section : elf.sections()) {
    if (section.allocated) {
      has_sections = true;
      if (section.has_bytes) {
        add({section.address, section.size, section.offset, section.name});
      }
    }
  }
  if (!has_sections) {
    for (const Segment& segment : elf.segments()) {
      if (segment.type == PT_LOAD) {
        add({segment.address, segment.file_size, segment.offset, "PT_LOAD"});
      }
    }
  }
  sort();
}

void AddressMap::add(Range range) {
  const uint64_t highest = elf_.bits() == 64 ? UINT64_MAX : UINT32_MAX;
  if (range.size != 0 && elf_.in_file(range.file_offset, range.size) &&
      range.size - 1 <= highest - range.address) {
    ranges_.push_back(range);
  }
}

void AddressMap::sort() {
  std::stable_sort(ranges_.begin(), ranges_.end(),
                   [](const Range& a, const Range& b) { return a.address < b.address; });
  std::vector<Range> disjoint;
  for (Range range : ranges_) {
    if (!disjoint.empty() && range.address <= disjoint.back().last()) {
      const uint64_t hidden = disjoint.back().last() - range.address + 1;
      if (hidden >= range.size) {
        continue;
      }
      range.address += hidden;
      range.file_offset += hidden;
      range.size -= hidden;
    }
    disjoint.push_back(range);
  }
  ranges_ = std::move(disjoint);
}

const AddressMap::Range* AddressMap::find(uint64_t address) const {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), address,
                       [](uint64_t wanted, const Range& range) { return wanted < range.address; });
  if (after == ranges_.begin() || address > std::prev(after)->last()) {
    return nullptr;
  }
  return &*std::prev(after);
}

bool AddressMap::covers(uint64_t address, uint64_t size) const {
  const Range* range = find(address);
  return range != nullptr && size <= range->size - (address - range->address);
}

Cursor AddressMap::at(uint64_t address) const {
  const Range* range = find(address);
  if (range == nullptr) {
    throw InputError({elf_.file(), "", std::nullopt},
                     fmt::format("no section with bytes in the file holds address {:#x}", address));
  }
  const uint64_t inside = address - range->address;
  return elf_.slice(range->file_offset + inside, range->size - inside, range->name);
}

}  // namespace kapi
