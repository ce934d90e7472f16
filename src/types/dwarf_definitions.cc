// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_definitions.h"

#include <fmt/format.h>

#include <set>

namespace kapi {
namespace {

// Definitions of one name in a walk; they are told apart by who builds the types.
constexpr size_t kMaxDefinitions = 64;

void add(std::vector<Die>& found, const Die& die) {
  if (found.size() < kMaxDefinitions) {
    found.push_back(die);
  }
}

}  // namespace

DwarfDefinitions::DwarfDefinitions(const Image& image, Dwarf* dwarf)
    : image_(image), dwarf_(dwarf) {
  if (auto sections = dwarf_sections(image)) {
    index_.emplace(std::move(*sections));
  }
}

// Calls `visit` with each top-level entry.
template <class Visit>
void DwarfDefinitions::walk(Visit visit) const {
  Dwarf_CU* position = nullptr;
  while (true) {
    Dwarf_Die unit;
    Dwarf_Half version = 0;
    uint8_t type = 0;
    const int result =
        dwarf_get_units(dwarf_, position, &position, &version, &type, &unit, nullptr);
    if (result < 0) {
      throw InputError({image_.file(), ".debug_info", std::nullopt},
                       fmt::format("a unit that libdw cannot read: {}", dwarf_errmsg(-1)));
    }
    if (result != 0) {
      return;
    }
    Die(unit).for_each_child(visit);
  }
}

std::vector<Die> DwarfDefinitions::entries(const std::vector<DwarfIndex::Hit>& hits) const {
  std::vector<Die> dies;
  for (const auto& hit : hits) {
    Dwarf_Die die;
    if ((hit.in_types ? dwarf_offdie_types(dwarf_, hit.offset, &die)
                      : dwarf_offdie(dwarf_, hit.offset, &die)) == nullptr) {
      throw InputError(
          {image_.file(), hit.in_types ? ".debug_types" : ".debug_info", std::nullopt},
          fmt::format("libdw finds no entry at {:#x}: {}", hit.offset, dwarf_errmsg(-1)));
    }
    dies.emplace_back(die);
  }
  return dies;
}

std::vector<std::vector<Die>> DwarfDefinitions::entries(
    const std::vector<std::vector<DwarfIndex::Hit>>& hits) const {
  std::vector<std::vector<Die>> dies;
  dies.reserve(hits.size());
  for (const auto& each : hits) {
    dies.push_back(entries(each));
  }
  return dies;
}

std::vector<std::vector<Die>> DwarfDefinitions::types(const std::vector<TypeName>& names) const {
  if (index_) {
    return entries(index_->types(names));
  }
  std::vector<std::vector<Die>> found(names.size());
  walk([&](const Die& die) {
    const auto tag = type_tag_of(static_cast<unsigned>(die.tag()));
    if (!tag || die.has(DW_AT_declaration)) {
      return;
    }
    for (size_t i = 0; i < names.size(); i++) {
      if (names[i].tag == *tag && names[i].name == die.name()) {
        add(found[i], die);
      }
    }
  });
  return found;
}

std::vector<std::vector<Die>> DwarfDefinitions::functions(
    const std::vector<FunctionName>& names) const {
  if (index_) {
    return entries(index_->functions(names));
  }
  std::vector<std::vector<Die>> found(names.size());
  walk([&](const Die& die) {
    if (die.tag() != DW_TAG_subprogram || die.has(DW_AT_declaration)) {
      return;
    }
    for (size_t i = 0; i < names.size(); i++) {
      if (names[i].name == die.name()) {
        add(found[i], die);
      }
    }
  });
  return found;
}

std::vector<TypeName> DwarfDefinitions::names() const {
  if (index_) {
    return index_->names();
  }
  std::set<std::pair<TypeTag, std::string>> all;
  walk([&](const Die& die) {
    const auto tag = type_tag_of(static_cast<unsigned>(die.tag()));
    if (tag && !die.has(DW_AT_declaration) && !die.name().empty()) {
      all.emplace(*tag, die.name());
    }
  });
  std::vector<TypeName> names;
  names.reserve(all.size());
  for (const auto& [tag, name] : all) {
    names.push_back({tag, name});
  }
  return names;
}

std::vector<Die> DwarfDefinitions::unnamed_enumerations() const {
  if (index_) {
    return entries(index_->unnamed_enumerations());
  }
  std::vector<Die> found;
  walk([&](const Die& die) {
    if (die.tag() == DW_TAG_enumeration_type && die.name().empty()) {
      found.push_back(die);
    }
  });
  return found;
}

}  // namespace kapi
