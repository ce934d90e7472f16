// SPDX-License-Identifier: GPL-2.0-only
// One debugging information entry with what type entries are asked for. Malformed attributes read
// as absent; a malformed tree throws.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "kapi/base.h"

namespace kapi {

class Die {
 public:
  explicit Die(Dwarf_Die die) : die_(die) {}
  // `address` is what address() gave.
  static std::optional<Die> at(Dwarf* dwarf, uint64_t address);

  // Where the entry lies in memory: one number for all sections, unlike its offset.
  uint64_t address() const { return reinterpret_cast<uintptr_t>(die_.addr); }
  uint64_t offset() const { return dwarf_dieoffset(&die_); }
  int tag() const { return dwarf_tag(&die_); }
  std::string_view name() const;
  bool has(unsigned attribute) const { return dwarf_hasattr(&die_, attribute) != 0; }
  std::optional<uint64_t> number(unsigned attribute) const;
  std::optional<Die> reference(unsigned attribute) const;

  // DW_AT_data_member_location in bytes, if it is a constant or adds one.
  std::optional<uint64_t> member_location() const;
  // Of a dimension of an array; 0 if it is open or computed at run time.
  uint64_t element_count() const;
  struct EnumeratorValue {
    int64_t bits = 0;
    bool negative = false;
  };
  EnumeratorValue enumerator_value() const;

  // Calls `visit` with each direct child. Throws InputError for children that do not follow each
  // other in the file.
  template <typename Visit>
  void for_each_child(Visit visit) const {
    for (auto child = first_child(); child; child = child->next_sibling()) {
      visit(*child);
    }
  }

 private:
  std::optional<Die> first_child() const;
  std::optional<Die> next_sibling() const;
  std::optional<Dwarf_Attribute> attribute(unsigned name) const;

  mutable Dwarf_Die die_;  // libdw takes entries that it does not change as non-const
};

}  // namespace kapi
