// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "image/elf_file.h"
#include "image/name_buckets.h"
#include "kapi/image.h"

namespace kapi {

// An ELF symbol table, read in place. A vmlinux has 200,000 symbols and most runs ask for a dozen,
// so nothing is decoded before it is asked for; the first look-up by name or by address builds an
// index of 4 (16) bytes a symbol for it. Look-ups may run in several threads.
//
// All throw InputError when they come upon an entry that is malformed.
class SymbolTable {
 public:
  // `section` is of type SHT_SYMTAB or SHT_DYNSYM.
  SymbolTable(const ElfFile& elf, const Section& section);
  // A table that no section header names (DT_SYMTAB).
  SymbolTable(const ElfFile& elf, Cursor entries, Cursor names);

  uint32_t count() const { return count_; }
  // Throws if there is no such entry.
  Symbol symbol(uint32_t index) const;

  // Only defined symbols that have a name and are not mere marks (source file names; the mapping
  // symbols $x, $d of the Arm and RISC-V psABIs).
  std::optional<Symbol> find(std::string_view name) const;
  std::vector<Symbol> at(uint64_t address) const;
  std::vector<Symbol> with_prefix(std::string_view prefix) const;

 private:
  struct Entry {
    uint32_t name = 0;
    uint8_t info = 0;
    uint32_t section = 0;  // resolved from SHN_XINDEX; reserved values as they are
    bool reserved_section = false;
    uint64_t value = 0;
    uint64_t size = 0;
  };
  struct NameIndex {
    std::once_flag once;
    NameBuckets buckets;
  };
  struct AddressIndex {
    std::once_flag once;
    std::vector<std::pair<uint64_t, uint32_t>> symbols;  // sorted
  };

  void set_entries(Cursor entries);
  Entry entry(uint32_t index) const;
  void check_name(uint32_t index, const Entry& entry) const;
  bool is_defined(const Entry& entry) const;
  bool is_listed(uint32_t index, const Entry& entry) const;
  uint64_t address(uint32_t index, const Entry& entry) const;
  std::string_view name(uint32_t index, const Entry& entry) const;
  Symbol symbol(uint32_t index, const Entry& entry) const;
  [[noreturn]] void fail(uint32_t index, const std::string& reason) const;
  void build_names() const;
  void build_addresses() const;

  const ElfFile& elf_;
  Cursor entries_;
  Cursor names_;
  std::optional<Cursor> extended_sections_;  // SHT_SYMTAB_SHNDX
  size_t entry_size_ = 0;
  uint32_t count_ = 0;
  bool has_mapping_symbols_ = false;
  mutable NameIndex by_name_;
  mutable AddressIndex by_address_;
};

}  // namespace kapi
