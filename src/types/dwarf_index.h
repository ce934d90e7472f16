// SPDX-License-Identifier: GPL-2.0-only
// Where the units of an image define what is asked for: several units at a time, each in one pass
// over its top-level entries, and only the units that can have it where .debug_aranges tells.
#pragma once

#include <string>
#include <vector>

#include "kapi/types/exact.h"
#include "types/dwarf_unit.h"

namespace kapi {

class DwarfIndex {
 public:
  struct Hit {
    uint64_t offset = 0;  // of the entry, in its section
    bool in_types = false;
    uint64_t shape = 0;  // a hash of what can be said of a definition without following its types
  };

  explicit DwarfIndex(DwarfSections sections);

  // For each name its definitions, in the order of the file; of those of one shape the first only.
  // All throw InputError.
  std::vector<std::vector<Hit>> types(const std::vector<TypeName>& names) const;
  // For each name the functions with a body, inlined or not. `address`: see FunctionName; a unit
  // that has one of the functions looked for at an address is taken to have all of them.
  std::vector<std::vector<Hit>> functions(const std::vector<FunctionName>& names) const;
  std::vector<TypeName> names() const;
  std::vector<Hit> unnamed_enumerations() const;

 private:
  class Wanted;
  struct Found;
  using Units = std::vector<const DwarfUnit*>;

  Units all_units() const;
  std::vector<std::vector<Hit>> find(const Wanted& wanted, const Units& units, size_t count) const;
  // Calls `visit(index of the unit in `units`, its reader, entry)` for the top-level entries of all
  // units, from several threads.
  template <class Visit>
  void scan(const Units& units, Visit visit) const;
  const DwarfUnit* unit_at(uint64_t address) const;
  void read_aranges();

  struct Range {
    uint64_t begin = 0;
    uint64_t end = 0;
    uint64_t unit = 0;
  };

  DwarfSections sections_;
  std::vector<DwarfUnit> units_;
  std::vector<Range> ranges_;  // sorted
};

// The tag of a type that has a name of its own (a DW_TAG_); nothing for other entries.
std::optional<TypeTag> type_tag_of(unsigned tag);

}  // namespace kapi
