// SPDX-License-Identifier: GPL-2.0-only
#include "tables/static_arrays.h"

#include <algorithm>
#include <cstddef>

namespace kapi {
namespace {

// No array that userspace sees comes near; a longer one is a lie.
constexpr uint64_t kMaxElements = 4096;
// Bytes that may stand before the array in a struct that holds it.
constexpr uint64_t kMaxLead = 64;

}  // namespace

std::vector<ArrayPlace> array_places(const Image& image, SymbolList& symbols,
                                     uint64_t element_size) {
  std::vector<ArrayPlace> places;
  if (element_size == 0) {
    return places;
  }
  const uint64_t word = image.bits() / 8;
  const Evidence evidence(image);
  uint64_t last = 0;
  for (const Symbol& symbol : symbols.all()) {
    const bool data = symbol.kind == SymbolKind::object || symbol.kind == SymbolKind::none;
    if (!data || symbol.size < element_size || (symbol.address == last && !places.empty())) {
      continue;
    }
    const uint64_t lead = symbol.size_is_bound ? (evidence.zero(symbol.address, word) ? word : 0)
                                               : symbol.size % element_size;
    uint64_t count = (symbol.size - lead) / element_size;
    if (symbol.size_is_bound) {
      count = std::min(count, kMaxElements);
    }
    if (lead > kMaxLead || lead % word != 0 || count == 0 || count > kMaxElements ||
        (lead != 0 && !evidence.zero(symbol.address, lead)) ||
        !image.covers(symbol.address, lead + count * element_size)) {
      continue;
    }
    last = symbol.address;
    places.push_back({symbol.name, symbol.address + lead, count, symbol.size_is_bound});
  }
  return places;
}

std::optional<uint64_t> Evidence::pointer(uint64_t address) const {
  if (!image_.covers(address, image_.bits() / 8)) {
    return std::nullopt;
  }
  try {
    return image_.pointer_at(address);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

bool Evidence::is_file_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '/'; });
}

std::optional<std::string> Evidence::file_name(uint64_t address) const {
  if (!image_.covers(address, 1)) {
    return std::nullopt;
  }
  try {
    const std::string_view text = image_.at(address).cstring(kMaxName + 1);
    return is_file_name(text) ? std::optional<std::string>(text) : std::nullopt;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

std::optional<std::string> Evidence::function(uint64_t address) const {
  std::optional<std::string> found;
  bool global = false;
  for (const Symbol& symbol : image_.symbols_at(address)) {
    if (symbol.kind == SymbolKind::function &&
        (!found || (!global && symbol.binding == Binding::global))) {
      found = to_utf8(symbol.name);
      global = symbol.binding == Binding::global;
    }
  }
  return found;
}

bool Evidence::zero(uint64_t address, uint64_t size) const {
  if (!image_.covers(address, size)) {
    return false;
  }
  const auto bytes = image_.at(address).take(size);
  const auto is_zero = [](std::byte byte) { return byte == std::byte{0}; };
  if (!std::all_of(bytes.begin(), bytes.end(), is_zero)) {
    return false;
  }
  // Words that a relocation fills are zero in the file only.
  const uint64_t word = image_.bits() / 8;
  for (uint64_t at = 0; at + word <= size; at += word) {
    if (pointer(address + at) != uint64_t{0}) {
      return false;
    }
  }
  return true;
}

}  // namespace kapi
