// SPDX-License-Identifier: GPL-2.0-only
#include "types/name_index.h"

#include <algorithm>
#include <bit>

namespace kapi {
namespace {

uint64_t hash_of(TypeTag tag, std::string_view name) {
  return (fnv1a64(name) ^ static_cast<uint64_t>(tag)) * 0x9e3779b97f4a7c15;
}

}  // namespace

void NameIndex::reserve(size_t count) {
  const size_t wanted = std::bit_ceil(std::max<size_t>(count * 2, 16));
  if (wanted <= slots_.size()) {
    return;
  }
  std::vector<Slot> old(wanted);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.value != 0) {
      slots_[position_of(slot.hash)] = slot;
    }
  }
}

// The slot of that hash, or the free one where it belongs.
size_t NameIndex::position_of(uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t position = hash >> 32 & mask;
  while (slots_[position].value != 0 && slots_[position].hash != hash) {
    position = (position + 1) & mask;
  }
  return position;
}

void NameIndex::add(TypeTag tag, std::string_view name, uint64_t value) {
  reserve(size_ + 1);
  const uint64_t hash = hash_of(tag, name);
  Slot& slot = slots_[position_of(hash)];
  if (slot.value == 0) {
    slot = {hash, value};
    size_++;
  }
}

std::optional<uint64_t> NameIndex::find(TypeTag tag, std::string_view name) const {
  if (slots_.empty()) {
    return std::nullopt;
  }
  const Slot& slot = slots_[position_of(hash_of(tag, name))];
  return slot.value == 0 ? std::nullopt : std::optional(slot.value);
}

}  // namespace kapi
