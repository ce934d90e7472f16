// SPDX-License-Identifier: GPL-2.0-only
#include "image/relocations.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <tuple>

namespace kapi {
namespace {

constexpr size_t kMaxSize = 8;  // of a place, in bytes
// RISC-V uses up to three for one place; a bound keeps look-ups in a crafted file short.
constexpr size_t kMaxPerPlace = 8;

}  // namespace

Relocations::Relocations(const ElfFile& elf, const AddressMap& map) : elf_(elf), map_(map) {
  try {
    tables_ = relocation_tables(elf, map);
    for (uint32_t i = 0; i < tables_.size(); i++) {
      if (tables_[i].kind == RelocationTable::relr) {
        check_relr(tables_[i]);
      } else {
        add(i);
      }
    }
    std::sort(slots_.begin(), slots_.end(), [](const Slot& a, const Slot& b) {
      return std::tie(a.address, a.table, a.entry) < std::tie(b.address, b.table, b.entry);
    });
    check_crowding();
  } catch (const InputError& error) {
    slots_.clear();
    failure_ = error;
    diagnostics_.push_back({Level::error, "relocations-unreadable", "", error.reason(),
                            error.place().section, error.place().offset});
  }
}

void Relocations::note(Level level, const char* code, const RelocationTable& table,
                       std::string message) {
  const Place place = table.entries.place();
  diagnostics_.push_back({level, code, "", std::move(message), place.section, place.offset});
}

Relocations::Entry Relocations::entry(const RelocationTable& table, size_t index) const {
  Cursor bytes = table.entries;
  bytes.seek(index * table.entry_size);
  Entry entry;
  entry.offset = bytes.unsigned_of(elf_.word());
  if (elf_.bits() == 64 && elf_.arch() == Arch::mips) {
    // Not one number of 64 bits, in either byte order: a symbol, then four bytes, of which the last
    // three are types, the first of them last.
    entry.symbol = bytes.u32();
    bytes.skip(1);
    for (int i = 0; i < 3; i++) {
      entry.type = entry.type << 8 | bytes.u8();
    }
  } else if (elf_.bits() == 64) {
    const uint64_t info = bytes.u64();
    entry.symbol = static_cast<uint32_t>(info >> 32);
    entry.type = static_cast<uint32_t>(info);
  } else {
    const uint32_t info = bytes.u32();
    entry.symbol = info >> 8;
    entry.type = info & 0xff;
  }
  if (table.kind == RelocationTable::rela) {
    entry.addend = static_cast<uint64_t>(bytes.signed_of(elf_.word()));
  }
  return entry;
}

void Relocations::add(uint32_t table_index) {
  const RelocationTable& table = tables_[table_index];
  const auto count = static_cast<uint32_t>(table.entries.size() / table.entry_size);
  size_t outside = 0;
  size_t undefined = 0;
  std::string first_undefined;
  slots_.reserve(slots_.size() + count);
  for (uint32_t i = 0; i < count; i++) {
    const Entry entry = this->entry(table, i);
    const RelocationType type = relocation_type(elf_.arch(), entry.type);
    if (type.kind == RelocationType::none) {
      continue;
    }
    const uint64_t base = table.target == nullptr ? 0 : table.target->address;
    const bool inside = table.target == nullptr ? map_.find(entry.offset) != nullptr
                                                : entry.offset < table.target->size;
    if (!inside) {
      outside++;
      continue;
    }
    slots_.push_back({base + entry.offset, table_index, i});
    if (type.kind == RelocationType::absolute) {
      const std::optional<Symbol> symbol = this->symbol(table, entry);
      if (symbol && !symbol->defined && undefined++ == 0) {
        first_undefined = symbol->name;
      }
    }
  }
  if (outside != 0) {
    note(Level::warning, "relocations-outside", table,
         fmt::format("{} of {} relocations apply to no bytes of the file and were dropped", outside,
                     count));
  }
  if (undefined != 0) {
    note(Level::note, "undefined-symbols", table,
         fmt::format("{} addresses of symbols that are not in this image read as 0, first {}",
                     undefined, to_utf8(first_undefined)));
  }
}

// An even entry is the address of a place, and the next place to look at follows it; an odd one is
// a bitmap of the 63 (31) words from there, without its lowest bit.
void Relocations::check_relr(const RelocationTable& table) {
  const uint64_t word = elf_.word();
  Cursor entries = table.entries;
  std::optional<uint64_t> next;
  const auto malformed = [&](const char* what) {
    note(Level::error, "malformed-relr", table,
         fmt::format("entry {}: {}", entries.position() / word - 1, what));
  };
  while (!entries.at_end()) {
    const uint64_t entry = entries.unsigned_of(word);
    if ((entry & 1) == 0) {
      if (!map_.covers(entry, word)) {
        return malformed("its address has no bytes in the file");
      }
      next = entry + word;
      continue;
    }
    const uint64_t places = entry >> 1;
    if (!next) {
      return malformed("a bitmap without an address before it");
    }
    if (places != 0) {
      const auto lowest = static_cast<uint64_t>(std::countr_zero(places));
      const auto highest = static_cast<uint64_t>(63 - std::countl_zero(places));
      if (!map_.covers(*next + lowest * word, word) || !map_.covers(*next + highest * word, word)) {
        return malformed("its bitmap marks places that have no bytes in the file");
      }
    }
    *next += (8 * word - 1) * word;
  }
}

void Relocations::check_crowding() const {
  for (size_t i = kMaxPerPlace; i < slots_.size(); i++) {
    if (slots_[i].address == slots_[i - kMaxPerPlace].address) {
      fail(slots_[i], fmt::format("more than {} relocations for one place", kMaxPerPlace));
    }
  }
}

std::optional<Symbol> Relocations::symbol(const RelocationTable& table, const Entry& entry) const {
  if (entry.symbol == 0) {
    return std::nullopt;
  }
  if (table.symbols == nullptr) {
    table.entries.fail(fmt::format("a relocation refers to symbol {}, and the table has no symbols",
                                   entry.symbol));
  }
  return table.symbols->symbol(entry.symbol);
}

std::optional<uint64_t> Relocations::value(uint64_t address, size_t size) const {
  if (failure_) {
    throw InputError(*failure_);
  }
  const uint64_t from = address - std::min<uint64_t>(address, kMaxSize - 1);
  auto slot = std::lower_bound(
      slots_.begin(), slots_.end(), from,
      [](const Slot& candidate, uint64_t wanted) { return candidate.address < wanted; });
  std::optional<uint64_t> value;
  for (; slot != slots_.end() && (slot->address <= address || slot->address - address < size);
       ++slot) {
    const Entry entry = this->entry(tables_[slot->table], slot->entry);
    const RelocationType type = relocation_type(elf_.arch(), entry.type);
    if (slot->address < address && address - slot->address >= type.size) {
      continue;
    }
    if (type.kind == RelocationType::unknown) {
      fail(*slot, fmt::format("relocation type {} of {} is not understood", entry.type,
                              name(elf_.arch())));
    }
    if (slot->address != address || type.size != size) {
      fail(*slot, fmt::format("a relocation of {} bytes at {:#x}, {} bytes at {:#x} are read",
                              type.size, slot->address, size, address));
    }
    value = resolve(*slot, entry, type);
  }
  return value;
}

uint64_t Relocations::resolve(const Slot& slot, const Entry& entry, RelocationType type) const {
  const RelocationTable& table = tables_[slot.table];
  uint64_t value = table.kind == RelocationTable::rela
                       ? entry.addend
                       : map_.at(slot.address).unsigned_of(type.size);
  if (type.kind == RelocationType::absolute) {
    if (const std::optional<Symbol> symbol = this->symbol(table, entry)) {
      value = symbol->defined ? symbol->address + value : 0;
    }
  }
  return type.size == 4 ? static_cast<uint32_t>(value) : value;
}

void Relocations::fail(const Slot& slot, const std::string& reason) const {
  const AddressMap::Range* range = map_.find(slot.address);
  if (range == nullptr) {
    throw InputError({elf_.file(), "", std::nullopt}, reason);
  }
  map_.at(slot.address).fail(fmt::format("{} (address {:#x})", reason, slot.address));
}

}  // namespace kapi
