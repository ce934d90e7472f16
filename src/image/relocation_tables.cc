// SPDX-License-Identifier: GPL-2.0-only
#include "image/relocation_tables.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace kapi {
namespace {

class Finder {
 public:
  Finder(const ElfFile& elf, const AddressMap& map) : elf_(elf), map_(map) {}

  std::vector<RelocationTable> find() {
    for (const Section& section : elf_.sections()) {
      add_section(section);
    }
    if (elf_.format() != ImageFormat::elf_rel) {
      for (const Segment& segment : elf_.segments()) {
        if (segment.type == PT_DYNAMIC) {
          add_dynamic(segment);
        }
      }
    }
    return std::move(tables_);
  }

 private:
  void add_section(const Section& section) {
    if (section.type != SHT_RELA && section.type != SHT_REL && section.type != SHT_RELR) {
      return;
    }
    RelocationTable table;
    if (elf_.format() == ImageFormat::elf_rel) {
      if (section.info >= elf_.sections().size()) {
        elf_.contents(section).fail(
            fmt::format("relocations for section {} of {}", section.info, elf_.sections().size()));
      }
      table.target = &elf_.sections()[section.info];
      if (!table.target->allocated || !table.target->has_bytes) {
        return;
      }
    } else if (!section.allocated) {
      return;
    }
    table.kind = section.type == SHT_RELA  ? RelocationTable::rela
                 : section.type == SHT_REL ? RelocationTable::rel
                                           : RelocationTable::relr;
    table.entries = elf_.contents(section);
    if (section.type != SHT_RELR) {
      table.symbols = symbols(section.link);
    }
    add(std::move(table), elf_.shape(section).entry_size);
  }

  // The tables a dynamic loader would find; sections, where there are any, have named them already.
  void add_dynamic(const Segment& segment) {
    if (!elf_.in_file(segment.offset, segment.file_size)) {
      throw InputError({elf_.file(), "PT_DYNAMIC", segment.offset},
                       fmt::format("a segment of {:#x} bytes lies outside the file of {:#x} bytes",
                                   segment.file_size, elf_.bytes().size()));
    }
    Cursor bytes = elf_.slice(segment.offset, segment.file_size, "PT_DYNAMIC");
    std::map<uint64_t, uint64_t> values;
    while (bytes.remaining() >= 2 * elf_.word()) {
      const uint64_t tag = bytes.unsigned_of(elf_.word());
      const uint64_t value = bytes.unsigned_of(elf_.word());
      if (tag == DT_NULL) {
        break;
      }
      if (tag <= DT_RELRENT) {
        values.emplace(tag, value);
      }
    }
    std::shared_ptr<const SymbolTable> symbols;
    if (values.count(DT_SYMTAB) != 0 && values.count(DT_STRTAB) != 0) {
      symbols = std::make_shared<const SymbolTable>(elf_, map_.at(values[DT_SYMTAB]),
                                                    map_.at(values[DT_STRTAB]));
    }
    const auto add_named = [&](RelocationTable::Kind kind, uint64_t address, uint64_t size,
                               uint64_t entry_size) {
      if (values.count(address) != 0 && values[size] != 0) {
        RelocationTable table;
        table.kind = kind;
        table.entries = map_.at(values[address]).window(0, values[size]);
        table.symbols = symbols;
        if (!is_known(table.entries)) {
          add(std::move(table), values[entry_size]);
        }
      }
    };
    add_named(RelocationTable::rela, DT_RELA, DT_RELASZ, DT_RELAENT);
    add_named(RelocationTable::rel, DT_REL, DT_RELSZ, DT_RELENT);
    add_named(RelocationTable::relr, DT_RELR, DT_RELRSZ, DT_RELRENT);
  }

  bool is_known(const Cursor& entries) const {
    return std::any_of(tables_.begin(), tables_.end(), [&](const RelocationTable& table) {
      const auto known = table.entries.span();
      return entries.span().data() >= known.data() &&
             entries.span().data() < known.data() + known.size();
    });
  }

  std::shared_ptr<const SymbolTable> symbols(uint32_t section) {
    if (section == 0 || section >= elf_.sections().size()) {
      return nullptr;
    }
    auto& table = symbol_tables_[section];
    if (table == nullptr) {
      table = std::make_shared<const SymbolTable>(elf_, elf_.sections()[section]);
    }
    return table;
  }

  void add(RelocationTable table, uint64_t entry_size) {
    table.entry_size = elf_.word() * (table.kind == RelocationTable::rela  ? 3
                                      : table.kind == RelocationTable::rel ? 2
                                                                           : 1);
    if (entry_size != table.entry_size) {
      table.entries.fail(
          fmt::format("relocations of {} bytes each, expected {}", entry_size, table.entry_size));
    }
    if (table.entries.size() % table.entry_size != 0) {
      table.entries.fail(fmt::format("{} bytes are no whole number of relocations of {} bytes",
                                     table.entries.size(), table.entry_size));
    }
    // Else a small file could make the index of them as large as it likes.
    if (table.entries.size() > elf_.bytes().size() - bytes_) {
      table.entries.fail("the relocation tables lie one over the other");
    }
    bytes_ += table.entries.size();
    tables_.push_back(std::move(table));
  }

  const ElfFile& elf_;
  const AddressMap& map_;
  std::vector<RelocationTable> tables_;
  std::map<uint32_t, std::shared_ptr<const SymbolTable>> symbol_tables_;
  uint64_t bytes_ = 0;
};

}  // namespace

std::vector<RelocationTable> relocation_tables(const ElfFile& elf, const AddressMap& map) {
  return Finder(elf, map).find();
}

}  // namespace kapi
