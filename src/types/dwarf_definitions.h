// SPDX-License-Identifier: GPL-2.0-only
// The definitions of many names at once, as entries of libdw. Where the sections can be read as
// they are that is DwarfIndex; else (a module, compressed sections) libdw walks all units.
#pragma once

#include <optional>
#include <vector>

#include "kapi/types/exact.h"
#include "types/dwarf_die.h"
#include "types/dwarf_index.h"

namespace kapi {

class DwarfDefinitions {
 public:
  // Both must outlive this.
  DwarfDefinitions(const Image& image, Dwarf* dwarf);

  // As DwarfIndex has them.
  std::vector<std::vector<Die>> types(const std::vector<TypeName>& names) const;
  std::vector<std::vector<Die>> functions(const std::vector<FunctionName>& names) const;
  std::vector<TypeName> names() const;
  std::vector<Die> unnamed_enumerations() const;

 private:
  template <class Visit>
  void walk(Visit visit) const;
  std::vector<Die> entries(const std::vector<DwarfIndex::Hit>& hits) const;
  std::vector<std::vector<Die>> entries(
      const std::vector<std::vector<DwarfIndex::Hit>>& hits) const;

  const Image& image_;
  Dwarf* dwarf_;
  std::optional<DwarfIndex> index_;
};

}  // namespace kapi
