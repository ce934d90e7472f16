// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_shape.h"

#include <dwarf.h>

namespace kapi {
namespace {

constexpr int kMaxDepth = 16;
// Entries that one definition is hashed from. struct net has the most of a kernel's, some 5,000.
constexpr size_t kMaxEntries = 1 << 16;

class Shape {
 public:
  explicit Shape(UnitReader& reader) : reader_(reader) {}

  uint64_t of(const ScannedEntry& entry) {
    definition(entry, 0);
    return hash_;
  }

 private:
  void mix(uint64_t value) {
    hash_ = (hash_ ^ value) * 0x9e3779b97f4a7c15;
    hash_ ^= hash_ >> 31;
  }

  void definition(const ScannedEntry& entry, int depth) {
    mix(entry.abbrev->tag);
    mix(entry.shape);
    if (entry.abbrev->has_children && entry.abbrev->tag != DW_TAG_subroutine_type) {
      reader_.for_each_child(entry, [&](const ScannedEntry& child) {
        if (++entries_ > kMaxEntries) {
          return;
        }
        mix(child.abbrev->tag);
        mix(child.shape);
        mix(fnv1a64(reader_.name_of(child)));
        if (child.abbrev->tag == DW_TAG_member) {
          type(child.type, depth + 1);
        }
      });
    }
    if (entry.abbrev->tag != DW_TAG_enumeration_type) {  // whose type is how it is stored
      type(entry.type, depth + 1);
    }
  }

  void type(std::optional<uint64_t> offset, int depth) {
    const auto entry = offset ? reader_.entry(*offset) : std::nullopt;
    if (!entry || depth > kMaxDepth || ++entries_ > kMaxEntries) {
      return;
    }
    const std::string_view name = reader_.name_of(*entry);
    if (!name.empty()) {
      mix(entry->abbrev->tag);
      mix(fnv1a64(name));
    } else if (entry->abbrev->tag == DW_TAG_pointer_type) {
      mix(DW_TAG_pointer_type);
    } else {
      definition(*entry, depth);
    }
  }

  UnitReader& reader_;
  uint64_t hash_ = 0;
  size_t entries_ = 0;
};

}  // namespace

uint64_t shape_of(UnitReader& reader, const ScannedEntry& entry) { return Shape(reader).of(entry); }

}  // namespace kapi
