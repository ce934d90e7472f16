// SPDX-License-Identifier: GPL-2.0-only
#include "image/symbol_table.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

// KSYM_NAME_LEN is 512; C++ and Rust names outside the kernel are longer. A bound is needed because
// names may overlap: without one, n symbols could point into one string of n bytes.
constexpr size_t kMaxName = 4096;

Binding binding_of(uint8_t info) {
  switch (info >> 4) {
    case STB_LOCAL:
      return Binding::local;
    case STB_GLOBAL:
      return Binding::global;
    case STB_WEAK:
      return Binding::weak;
    default:
      return Binding::other;
  }
}

SymbolKind kind_of(uint8_t info) {
  switch (info & 0xf) {
    case STT_NOTYPE:
      return SymbolKind::none;
    case STT_OBJECT:
      return SymbolKind::object;
    case STT_FUNC:
      return SymbolKind::function;
    case STT_SECTION:
      return SymbolKind::section;
    case STT_FILE:
      return SymbolKind::file;
    default:
      return SymbolKind::other;
  }
}

}  // namespace

SymbolTable::SymbolTable(const ElfFile& elf, const Section& section)
    : elf_(elf),
      has_mapping_symbols_(elf.arch() == Arch::arm64 || elf.arch() == Arch::arm ||
                           elf.arch() == Arch::riscv64 || elf.arch() == Arch::riscv32) {
  set_entries(elf.contents(section));
  if (section.link == 0 || section.link >= elf.sections().size()) {
    entries_.fail(fmt::format("section {} of {} is to hold the symbol names", section.link,
                              elf.sections().size()));
  }
  names_ = elf.contents(elf.sections()[section.link]);
  for (const Section& other : elf.sections()) {
    if (other.type == SHT_SYMTAB_SHNDX && other.link == section.index) {
      extended_sections_ = elf.contents(other);
      break;
    }
  }
}

SymbolTable::SymbolTable(const ElfFile& elf, Cursor entries, Cursor names)
    : elf_(elf), names_(names) {
  set_entries(entries);
}

void SymbolTable::set_entries(Cursor entries) {
  entries_ = entries;
  entry_size_ = elf_.bits() == 64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
  count_ = static_cast<uint32_t>(std::min<size_t>(entries.size() / entry_size_, UINT32_MAX));
}

void SymbolTable::fail(uint32_t index, const std::string& reason) const {
  entries_.window(index * entry_size_).fail(fmt::format("symbol {}: {}", index, reason));
}

SymbolTable::Entry SymbolTable::entry(uint32_t index) const {
  if (index >= count_) {
    entries_.fail(fmt::format("symbol {} of {} is asked for", index, count_));
  }
  Cursor bytes = entries_;
  bytes.seek(index * entry_size_);
  Entry entry;
  uint16_t section = 0;
  entry.name = bytes.u32();
  if (elf_.bits() == 64) {
    entry.info = bytes.u8();
    bytes.skip(1);
    section = bytes.u16();
    entry.value = bytes.u64();
    entry.size = bytes.u64();
  } else {
    entry.value = bytes.u32();
    entry.size = bytes.u32();
    entry.info = bytes.u8();
    bytes.skip(1);
    section = bytes.u16();
  }
  entry.section = section;
  entry.reserved_section = section >= SHN_LORESERVE;
  if (section == SHN_XINDEX && extended_sections_) {
    entry.section = extended_sections_->window(index * sizeof(uint32_t)).u32();
    entry.reserved_section = false;
  }
  return entry;
}

void SymbolTable::check_name(uint32_t index, const Entry& entry) const {
  if (entry.name >= names_.size()) {
    fail(index, fmt::format("its name at {:#x} lies outside the {:#x} bytes of names", entry.name,
                            names_.size()));
  }
}

// Whether there is an address to speak of. In a relocatable file a symbol of a section that is not
// loaded has none.
bool SymbolTable::is_defined(const Entry& entry) const {
  if (entry.reserved_section) {
    return entry.section == SHN_ABS;
  }
  if (entry.section == SHN_UNDEF) {
    return false;
  }
  return elf_.format() != ImageFormat::elf_rel || entry.section >= elf_.sections().size() ||
         elf_.sections()[entry.section].allocated;
}

bool SymbolTable::is_listed(uint32_t index, const Entry& entry) const {
  if (!is_defined(entry) || entry.name == 0 || kind_of(entry.info) == SymbolKind::file) {
    return false;
  }
  check_name(index, entry);
  const auto first = static_cast<char>(names_.span()[entry.name]);
  return first != '\0' && !(has_mapping_symbols_ && first == '$');
}

uint64_t SymbolTable::address(uint32_t index, const Entry& entry) const {
  if (entry.reserved_section || entry.section == SHN_UNDEF || elf_.sections().empty()) {
    return entry.value;
  }
  if (entry.section >= elf_.sections().size()) {
    fail(index, fmt::format("it lies in section {} of {}", entry.section, elf_.sections().size()));
  }
  if (elf_.format() != ImageFormat::elf_rel) {
    return entry.value;
  }
  const uint64_t address = elf_.sections()[entry.section].address + entry.value;
  return elf_.bits() == 64 ? address : static_cast<uint32_t>(address);
}

std::string_view SymbolTable::name(uint32_t index, const Entry& entry) const {
  check_name(index, entry);
  Cursor name = names_;
  name.seek(entry.name);
  return name.cstring(kMaxName);
}

Symbol SymbolTable::symbol(uint32_t index) const { return symbol(index, entry(index)); }

Symbol SymbolTable::symbol(uint32_t index, const Entry& entry) const {
  Symbol symbol;
  symbol.name = entry.name == 0 ? std::string_view() : name(index, entry);
  symbol.address = address(index, entry);
  symbol.size = entry.size;
  symbol.binding = binding_of(entry.info);
  symbol.kind = kind_of(entry.info);
  symbol.defined = is_defined(entry);
  return symbol;
}

void SymbolTable::build_names() const {
  std::vector<std::pair<uint32_t, uint32_t>> hashes;
  hashes.reserve(count_);
  for (uint32_t i = 1; i < count_; i++) {
    const Entry candidate = entry(i);
    if (is_listed(i, candidate)) {
      hashes.emplace_back(NameBuckets::hash_of(name(i, candidate)), i);
    }
  }
  by_name_.buckets = NameBuckets(hashes);
}

std::optional<Symbol> SymbolTable::find(std::string_view wanted) const {
  std::call_once(by_name_.once, [this] { build_names(); });
  std::optional<Symbol> local;
  for (const uint32_t index : by_name_.buckets.candidates(wanted)) {
    const Entry candidate = entry(index);
    if (name(index, candidate) != wanted) {
      continue;
    }
    if (binding_of(candidate.info) != Binding::local) {
      return symbol(index, candidate);
    }
    if (!local) {
      local = symbol(index, candidate);
    }
  }
  return local;
}

void SymbolTable::build_addresses() const {
  std::vector<std::pair<uint64_t, uint32_t>> symbols;
  symbols.reserve(count_);
  for (uint32_t i = 1; i < count_; i++) {
    const Entry candidate = entry(i);
    if (is_listed(i, candidate)) {
      symbols.emplace_back(address(i, candidate), i);
    }
  }
  std::sort(symbols.begin(), symbols.end());
  by_address_.symbols = std::move(symbols);
}

std::vector<Symbol> SymbolTable::at(uint64_t wanted) const {
  std::call_once(by_address_.once, [this] { build_addresses(); });
  const auto& symbols = by_address_.symbols;
  std::vector<Symbol> found;
  for (auto it = std::lower_bound(symbols.begin(), symbols.end(), std::pair(wanted, uint32_t{0}));
       it != symbols.end() && it->first == wanted; ++it) {
    found.push_back(symbol(it->second));
  }
  return found;
}

std::vector<Symbol> SymbolTable::with_prefix(std::string_view prefix) const {
  std::vector<Symbol> found;
  for (uint32_t i = 1; i < count_; i++) {
    const Entry candidate = entry(i);
    if (is_listed(i, candidate) && name(i, candidate).starts_with(prefix)) {
      found.push_back(symbol(i, candidate));
    }
  }
  std::sort(found.begin(), found.end(), [](const Symbol& a, const Symbol& b) {
    return a.address != b.address ? a.address < b.address : a.name < b.name;
  });
  return found;
}

}  // namespace kapi
