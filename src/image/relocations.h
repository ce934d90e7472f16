// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <optional>
#include <vector>

#include "image/relocation_tables.h"
#include "image/relocation_types.h"

namespace kapi {

// The words that the running image holds and the file does not: an index of 16 bytes a relocation.
// The load address, which relative relocations add, is 0 here. RELR entries need no look-up, as
// their places hold the address already; they are decoded only to say when they are malformed.
class Relocations {
 public:
  // Both must outlive this. Does not throw for what an image may hold: if its relocations cannot be
  // read, that is a diagnostic here and thrown by value().
  Relocations(const ElfFile& elf, const AddressMap& map);

  // What relocation puts at [address, address + size), or nothing if none applies there. Throws
  // InputError if one does that is not understood or does not cover exactly that place.
  std::optional<uint64_t> value(uint64_t address, size_t size) const;
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  struct Slot {
    uint64_t address = 0;
    uint32_t table = 0;
    uint32_t entry = 0;
  };
  struct Entry {
    uint64_t offset = 0;
    uint32_t symbol = 0;
    uint32_t type = 0;
    uint64_t addend = 0;
  };

  void add(uint32_t table_index);
  void check_relr(const RelocationTable& table);
  void check_crowding() const;
  Entry entry(const RelocationTable& table, size_t index) const;
  // The symbol an entry refers to, or nothing if it refers to none.
  std::optional<Symbol> symbol(const RelocationTable& table, const Entry& entry) const;
  uint64_t resolve(const Slot& slot, const Entry& entry, RelocationType type) const;
  [[noreturn]] void fail(const Slot& slot, const std::string& reason) const;
  void note(Level level, const char* code, const RelocationTable& table, std::string message);

  const ElfFile& elf_;
  const AddressMap& map_;
  std::vector<RelocationTable> tables_;
  std::vector<Slot> slots_;  // in order of address, then of file
  std::vector<Diagnostic> diagnostics_;
  std::optional<InputError> failure_;
};

}  // namespace kapi
