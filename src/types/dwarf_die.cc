// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_die.h"

#include <fmt/format.h>

namespace kapi {
namespace {

[[noreturn]] void fail(const char* what) {
  throw InputError({"", ".debug_info", std::nullopt},
                   fmt::format("{}: {}", what, dwarf_errmsg(-1)));
}

}  // namespace

std::optional<Die> Die::at(Dwarf* dwarf, uint64_t address) {
  Dwarf_Die die;
  // libdw's handle of a DIE is the pointer that dwarf_die's addr held; a SourceId keeps it as a
  // number.
  auto* handle = reinterpret_cast<void*>(address);  // NOLINT(performance-no-int-to-ptr)
  if (dwarf_die_addr_die(dwarf, handle, &die) == nullptr) {
    return std::nullopt;
  }
  return Die(die);
}

std::optional<Dwarf_Attribute> Die::attribute(unsigned name) const {
  Dwarf_Attribute attribute;
  if (dwarf_attr(&die_, name, &attribute) == nullptr) {
    return std::nullopt;
  }
  return attribute;
}

std::string_view Die::name() const {
  auto attribute = this->attribute(DW_AT_name);
  const char* name = attribute ? dwarf_formstring(&*attribute) : nullptr;
  return name == nullptr ? std::string_view() : name;
}

std::optional<uint64_t> Die::number(unsigned name) const {
  auto attribute = this->attribute(name);
  Dwarf_Word value = 0;
  if (!attribute || dwarf_formudata(&*attribute, &value) != 0) {
    return std::nullopt;
  }
  return value;
}

std::optional<Die> Die::reference(unsigned name) const {
  auto attribute = this->attribute(name);
  if (!attribute) {
    return std::nullopt;
  }
  Dwarf_Die die;
  if (dwarf_formref_die(&*attribute, &die) == nullptr) {
    fail("a reference to no entry");
  }
  return Die(die);
}

std::optional<uint64_t> Die::member_location() const {
  if (const auto constant = number(DW_AT_data_member_location)) {
    return constant;
  }
  auto attribute = this->attribute(DW_AT_data_member_location);
  Dwarf_Op* operations = nullptr;
  size_t count = 0;
  if (!attribute || dwarf_getlocation(&*attribute, &operations, &count) != 0 || count != 1 ||
      (operations[0].atom != DW_OP_plus_uconst && operations[0].atom != DW_OP_constu)) {
    return std::nullopt;
  }
  return operations[0].number;
}

uint64_t Die::element_count() const {
  if (const auto count = number(DW_AT_count)) {
    return *count;
  }
  auto bound = attribute(DW_AT_upper_bound);
  Dwarf_Word value = 0;
  if (!bound || dwarf_formudata(&*bound, &value) != 0) {
    return 0;
  }
  // GCC writes the bound of a[0], which is -1, in four bytes or in eight.
  if (dwarf_whatform(&*bound) == DW_FORM_data4 && value == UINT32_MAX) {
    return 0;
  }
  return value + 1;
}

Die::EnumeratorValue Die::enumerator_value() const {
  auto attribute = this->attribute(DW_AT_const_value);
  if (!attribute) {
    return {};
  }
  // Only these forms have a sign: what libdw makes of the fixed-size ones depends on their size.
  const unsigned form = dwarf_whatform(&*attribute);
  if (form == DW_FORM_sdata || form == DW_FORM_implicit_const) {
    Dwarf_Sword value = 0;
    return dwarf_formsdata(&*attribute, &value) == 0 ? EnumeratorValue{value, value < 0}
                                                     : EnumeratorValue{};
  }
  Dwarf_Word value = 0;
  return dwarf_formudata(&*attribute, &value) == 0
             ? EnumeratorValue{static_cast<int64_t>(value), false}
             : EnumeratorValue{};
}

std::optional<Die> Die::first_child() const {
  Dwarf_Die child;
  const int result = dwarf_child(&die_, &child);
  if (result < 0) {
    fail("an entry whose children cannot be read");
  }
  return result == 0 ? std::optional(Die(child)) : std::nullopt;
}

std::optional<Die> Die::next_sibling() const {
  Dwarf_Die sibling;
  const int result = dwarf_siblingof(&die_, &sibling);
  if (result < 0) {
    fail("an entry whose sibling cannot be read");
  }
  if (result != 0) {
    return std::nullopt;
  }
  if (reinterpret_cast<uintptr_t>(sibling.addr) <= address()) {
    fail("an entry whose sibling does not follow it");
  }
  return Die(sibling);
}

}  // namespace kapi
