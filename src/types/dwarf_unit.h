// SPDX-License-Identifier: GPL-2.0-only
// The sections of DWARF as bytes, and the entries (DIEs) of one unit one after the other.
//
// libdw describes types well, but a walk over all units of a kernel through it takes seconds: it
// decodes an entry anew for each attribute that is asked for, and one handle serves one thread.
// Here a unit is read in one pass that only notes what an index needs and skips the rest.
// https://dwarfstd.org, versions 2 to 5.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kapi/base.h"
#include "kapi/image.h"

namespace kapi {

struct DwarfSections {
  std::string file;
  Endian endian = Endian::little;
  std::string_view info;
  std::string_view types;
  std::string_view abbrev;
  std::string_view str;
  std::string_view line_str;
  std::string_view str_offsets;
  std::string_view aranges;
};

// Nothing if the bytes of the image are not what its debug information is: compressed sections,
// relocations that are still to be applied, parts in another file.
std::optional<DwarfSections> dwarf_sections(const Image& image);

// Where a unit lies in its section.
struct DwarfUnit {
  bool in_types = false;  // .debug_types
  uint64_t offset = 0;    // of its header
  uint64_t entries = 0;   // of its first entry
  uint64_t end = 0;
  uint64_t abbrev = 0;  // in .debug_abbrev
  uint16_t version = 0;
  uint8_t address_size = 0;
  uint8_t offset_size = 0;
};

// Of .debug_info, then of .debug_types. Throws InputError.
std::vector<DwarfUnit> dwarf_units(const DwarfSections& sections);

// What the form of a description of entries says about one attribute.
struct AbbrevAttribute {
  uint32_t name = 0;
  uint32_t form = 0;
  int64_t constant = 0;  // of DW_FORM_implicit_const
};

struct Abbrev {
  uint32_t tag = 0;
  bool has_children = false;
  std::vector<AbbrevAttribute> attributes;
};

class AbbrevTable {
 public:
  // Throws InputError.
  void read(const DwarfSections& sections, uint64_t offset);
  // Null for a code that the table has not.
  const Abbrev* find(uint64_t code) const;

 private:
  std::optional<uint64_t> offset_;
  std::vector<Abbrev> dense_;  // of the codes 1, 2, 3, …
  std::unordered_map<uint64_t, Abbrev> others_;
};

// The attributes of one entry that an index needs.
struct ScannedEntry {
  uint64_t offset = 0;  // in its section
  const Abbrev* abbrev = nullptr;
  uint64_t next = 0;  // where its children, or its sibling if it has none, begin
  std::optional<uint64_t> sibling;
  std::optional<uint64_t> name_offset;  // in .debug_str
  std::string_view name;                // if it is not there
  bool declaration = false;
  std::optional<uint64_t> type;  // in the same section, if it is in this unit
  uint64_t shape = 0;            // a hash of its size, place and values
};

class UnitReader {
 public:
  // `abbrevs` serves unit after unit; it is read again only if the next unit has another.
  UnitReader(const DwarfSections& sections, const DwarfUnit& unit, AbbrevTable& abbrevs);

  const DwarfUnit& unit() const { return unit_; }
  // The entry at an offset in the section; nothing for the null entry that ends a list of children,
  // or at the end of the unit. Throws InputError.
  std::optional<ScannedEntry> entry(uint64_t offset);
  // Calls `visit` with each child of the unit's first entry; its answer tells whether to go on.
  template <class Visit>
  void for_each_child(const ScannedEntry& parent, Visit visit) {
    uint64_t at = parent.next;
    uint64_t depth = 1;
    while (at < unit_.end) {
      const auto child = entry(at);
      if (!child) {
        at++;
        if (--depth == 0) {
          return;
        }
        continue;
      }
      if (depth == 1) {
        visit(*child);
      }
      at = child->next;
      if (child->abbrev->has_children) {
        if (child->sibling && *child->sibling > child->offset && *child->sibling <= unit_.end) {
          at = *child->sibling;
        } else {
          depth++;
        }
      }
    }
  }
  std::string_view name_of(const ScannedEntry& entry) const;

 private:
  class Bytes;
  void attribute(Bytes& bytes, const AbbrevAttribute& attribute, ScannedEntry& entry);
  std::string_view indexed_string(uint64_t index) const;

  const DwarfSections& sections_;
  const DwarfUnit& unit_;
  AbbrevTable& abbrevs_;
  std::string_view section_;
  uint64_t str_offsets_base_ = 0;
};

}  // namespace kapi
