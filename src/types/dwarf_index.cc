// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_index.h"

#include <dwarf.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "types/dwarf_bytes.h"
#include "types/dwarf_shape.h"

namespace kapi {
namespace {

constexpr unsigned kMaxThreads = 16;
// Shapes of one name that are told apart. Of a kernel's names few have two.
constexpr size_t kMaxShapes = 16;

}  // namespace

// The names looked for, and where .debug_str has their texts, which may be the ends of others.
class DwarfIndex::Wanted {
 public:
  static constexpr size_t kFunction = 100;  // in place of a TypeTag

  Wanted(const DwarfSections& sections) : sections_(sections) {}

  void add(std::string_view name, size_t kind, size_t index) {
    names_[name].push_back({kind, index});
  }
  bool empty() const { return names_.empty(); }

  // To be called once, after all names were added.
  void locate() {
    std::set<size_t> lengths;
    for (const auto& [name, uses] : names_) {
      lengths.insert(name.size());
      ends_[end_of(name)] = true;
    }
    at_.assign(sections_.str.size() / 64 + 1, 0);
    for (size_t begin = 0; begin < sections_.str.size();) {
      const size_t end = sections_.str.find('\0', begin);
      const std::string_view text = sections_.str.substr(begin, end - begin);
      if (text.size() > 1 && ends_[end_of(text)]) {
        for (auto length = lengths.begin(); length != lengths.end() && *length <= text.size();
             ++length) {
          if (names_.count(text.substr(text.size() - *length)) != 0) {
            const size_t place = end - *length;
            at_[place / 64] |= uint64_t{1} << place % 64;
          }
        }
      }
      begin = end + 1;
    }
  }

  struct Use {
    size_t kind;
    size_t index;
  };
  // Null if the entry's name is none of them.
  const std::vector<Use>* uses(const UnitReader& reader, const ScannedEntry& entry) const {
    if (entry.name_offset && (*entry.name_offset / 64 >= at_.size() ||
                              (at_[*entry.name_offset / 64] >> *entry.name_offset % 64 & 1) == 0)) {
      return nullptr;
    }
    const auto it = names_.find(reader.name_of(entry));
    return it == names_.end() ? nullptr : &it->second;
  }

 private:
  static size_t end_of(std::string_view text) {
    const auto last = static_cast<uint8_t>(text.back());
    const auto before = static_cast<uint8_t>(text.size() > 1 ? text[text.size() - 2] : '\0');
    return size_t{last} << 8 | before;
  }

  const DwarfSections& sections_;
  std::unordered_map<std::string_view, std::vector<Use>> names_;
  std::vector<bool> ends_ = std::vector<bool>(1 << 16);
  std::vector<uint64_t> at_;  // a bit for each byte of .debug_str
};

DwarfIndex::DwarfIndex(DwarfSections sections)
    : sections_(std::move(sections)), units_(dwarf_units(sections_)) {
  read_aranges();
}

DwarfIndex::Units DwarfIndex::all_units() const {
  Units units;
  for (const DwarfUnit& unit : units_) {
    units.push_back(&unit);
  }
  return units;
}

template <class Visit>
void DwarfIndex::scan(const Units& units, Visit visit) const {
  std::atomic<size_t> next = 0;
  std::vector<std::exception_ptr> failures(units.size());
  std::atomic<bool> failed = false;
  const auto work = [&] {
    AbbrevTable abbrevs;
    for (size_t i = next++; i < units.size() && !failed; i = next++) {
      try {
        UnitReader reader(sections_, *units[i], abbrevs);
        if (const auto top = reader.entry(units[i]->entries)) {
          reader.for_each_child(*top, [&](const ScannedEntry& entry) { visit(i, reader, entry); });
        }
      } catch (...) {
        failures[i] = std::current_exception();
        failed = true;
      }
    }
  };
  const size_t cores = std::clamp(std::thread::hardware_concurrency(), 1u, kMaxThreads);
  std::vector<std::thread> helpers;
  for (size_t i = 1; i < std::min(cores, units.size()); i++) {
    helpers.emplace_back(work);
  }
  work();
  for (std::thread& helper : helpers) {
    helper.join();
  }
  for (const auto& failure : failures) {
    if (failure) {
      std::rethrow_exception(failure);
    }
  }
}

std::vector<std::vector<DwarfIndex::Hit>> DwarfIndex::find(const Wanted& wanted, const Units& units,
                                                           size_t count) const {
  std::vector<std::vector<std::pair<size_t, Hit>>> of_unit(units.size());
  scan(units, [&](size_t unit, UnitReader& reader, const ScannedEntry& entry) {
    const bool function = entry.abbrev->tag == DW_TAG_subprogram;
    const auto tag = type_tag_of(entry.abbrev->tag);
    if (entry.declaration || (!function && !tag)) {
      return;
    }
    const auto* uses = wanted.uses(reader, entry);
    if (uses == nullptr) {
      return;
    }
    for (const auto& use : *uses) {
      if (use.kind == (function ? Wanted::kFunction : static_cast<size_t>(*tag))) {
        of_unit[unit].push_back({use.index,
                                 {entry.offset, reader.unit().in_types,
                                  function ? entry.offset : shape_of(reader, entry)}});
      }
    }
  });
  std::vector<std::vector<Hit>> found(count);
  for (const auto& hits : of_unit) {
    for (const auto& hit : hits) {
      auto& known = found[hit.first];
      const bool first = std::none_of(known.begin(), known.end(), [&hit](const Hit& other) {
        return other.shape == hit.second.shape;
      });
      if (first && known.size() < kMaxShapes) {
        known.push_back(hit.second);
      }
    }
  }
  return found;
}

std::vector<std::vector<DwarfIndex::Hit>> DwarfIndex::types(
    const std::vector<TypeName>& names) const {
  Wanted wanted(sections_);
  for (size_t i = 0; i < names.size(); i++) {
    wanted.add(names[i].name, static_cast<size_t>(names[i].tag), i);
  }
  if (wanted.empty()) {
    return {};
  }
  wanted.locate();
  return find(wanted, all_units(), names.size());
}

std::vector<std::vector<DwarfIndex::Hit>> DwarfIndex::functions(
    const std::vector<FunctionName>& names) const {
  std::vector<std::vector<Hit>> found(names.size());
  std::set<uint64_t> done;  // addresses
  // First in the units that are known, then those that were not found there in all.
  for (const bool everywhere : {false, true}) {
    Wanted wanted(sections_);
    std::set<const DwarfUnit*> units;
    for (size_t i = 0; i < names.size(); i++) {
      const DwarfUnit* unit = unit_at(names[i].address);
      if (everywhere ? done.count(names[i].address) == 0 : unit != nullptr) {
        wanted.add(names[i].name, Wanted::kFunction, i);
        units.insert(unit);
      }
    }
    if (wanted.empty()) {
      continue;
    }
    wanted.locate();
    const auto hits =
        find(wanted, everywhere ? all_units() : Units(units.begin(), units.end()), names.size());
    for (size_t i = 0; i < names.size(); i++) {
      if (!hits[i].empty()) {
        found[i] = hits[i];
        if (names[i].address != 0) {
          done.insert(names[i].address);
        }
      }
    }
  }
  return found;
}

std::vector<TypeName> DwarfIndex::names() const {
  const Units units = all_units();
  // A kernel's headers are in thousands of units: what was seen of .debug_str is not noted again.
  constexpr size_t kTags = 4;
  std::vector<std::atomic<uint64_t>> seen((sections_.str.size() / 64 + 1) * kTags);
  const auto is_new = [&](TypeTag tag, uint64_t place) {
    const uint64_t bit = uint64_t{1} << place % 64;
    const size_t word = place / 64 * kTags + static_cast<size_t>(tag);
    return word < seen.size() && (seen[word].fetch_or(bit) & bit) == 0;
  };
  std::vector<std::vector<std::pair<TypeTag, std::string_view>>> of_unit(units.size());
  scan(units, [&](size_t unit, UnitReader& reader, const ScannedEntry& entry) {
    const auto tag = type_tag_of(entry.abbrev->tag);
    if (tag && !entry.declaration && (!entry.name_offset || is_new(*tag, *entry.name_offset))) {
      of_unit[unit].emplace_back(*tag, reader.name_of(entry));
    }
  });
  std::set<std::pair<TypeTag, std::string_view>> all;
  for (const auto& unit : of_unit) {
    all.insert(unit.begin(), unit.end());
  }
  std::vector<TypeName> names;
  for (const auto& [tag, name] : all) {
    if (!name.empty()) {
      names.push_back({tag, std::string(name)});
    }
  }
  return names;
}

std::vector<DwarfIndex::Hit> DwarfIndex::unnamed_enumerations() const {
  const Units units = all_units();
  std::vector<std::vector<Hit>> of_unit(units.size());
  scan(units, [&](size_t unit, UnitReader& reader, const ScannedEntry& entry) {
    if (entry.abbrev->tag == DW_TAG_enumeration_type && reader.name_of(entry).empty()) {
      of_unit[unit].push_back({entry.offset, reader.unit().in_types, shape_of(reader, entry)});
    }
  });
  std::vector<Hit> hits;
  std::unordered_set<uint64_t> shapes;
  for (const auto& unit : of_unit) {
    for (const Hit& hit : unit) {
      if (shapes.insert(hit.shape).second) {
        hits.push_back(hit);
      }
    }
  }
  return hits;
}

// A table that cannot be read is as if it were not there: it only saves time.
void DwarfIndex::read_aranges() {
  try {
    for (uint64_t at = 0; at < sections_.aranges.size();) {
      DwarfBytes bytes(sections_.file, ".debug_aranges", sections_.aranges, at,
                       sections_.aranges.size(), sections_.endian);
      const auto [length, offset_size] = bytes.length();
      bytes.need(length);
      const uint64_t end = bytes.at() + length;
      bytes.skip(2);  // version
      const uint64_t unit = bytes.word(offset_size);
      const auto size = static_cast<unsigned>(bytes.u8());
      bytes.skip(1);  // size of a segment selector
      const uint64_t pair = uint64_t{size} * 2;
      if (pair == 0) {
        bytes.fail("addresses of no size");
      }
      bytes.skip((pair - (bytes.at() - at) % pair) % pair);
      while (bytes.at() + pair <= end) {
        const uint64_t begin = bytes.word(size);
        const uint64_t bytes_covered = bytes.word(size);
        if (bytes_covered != 0) {
          ranges_.push_back({begin, begin + bytes_covered, unit});
        }
      }
      at = end;
    }
  } catch (const InputError&) {
    ranges_.clear();
  }
  std::sort(ranges_.begin(), ranges_.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
}

const DwarfUnit* DwarfIndex::unit_at(uint64_t address) const {
  auto range = std::upper_bound(ranges_.begin(), ranges_.end(), address,
                                [](uint64_t a, const Range& r) { return a < r.begin; });
  if (address == 0 || range == ranges_.begin() || address >= (--range)->end) {
    return nullptr;
  }
  const auto unit = std::lower_bound(
      units_.begin(), units_.end(), range->unit,
      [](const DwarfUnit& u, uint64_t offset) { return !u.in_types && u.offset < offset; });
  return unit != units_.end() && !unit->in_types && unit->offset == range->unit ? &*unit : nullptr;
}

std::optional<TypeTag> type_tag_of(unsigned tag) {
  switch (tag) {
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
      return TypeTag::structure;
    case DW_TAG_union_type:
      return TypeTag::union_;
    case DW_TAG_enumeration_type:
      return TypeTag::enumeration;
    case DW_TAG_typedef:
      return TypeTag::typedef_;
    default:
      return std::nullopt;
  }
}

}  // namespace kapi
