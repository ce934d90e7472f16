// SPDX-License-Identifier: GPL-2.0-only
// What specs and the surface have in common: parameters, return values, the fields of structs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model/accepts.h"
#include "kapi/model/bits.h"

namespace kapi {

// ---- one API -----------------------------------------------------------------------------------

// The constraint of a parameter or of a struct field. Which members count depends on `type`: none,
// range (min, max), mask, enum (values), alignment, power_of_two, page_aligned, nonzero,
// user_string (min and max length without the NUL), user_path, user_ptr (size), buffer, custom.
struct Constraint {
  std::string type;
  std::optional<int64_t> min;
  std::optional<int64_t> max;  // absent in a range: no upper bound
  std::optional<Bits> mask;
  std::vector<int64_t> values;  // sorted
  std::optional<uint64_t> alignment;
  std::optional<uint64_t> size;  // bytes

  bool operator==(const Constraint&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("type", self.type);
    visit("min", self.min);
    visit("max", self.max);
    visit("mask", self.mask);
    visit("values", self.values);
    visit("alignment", self.alignment);
    visit("size", self.size);
  }
};

// A parameter of an API, or of a syscall as the image exposes it.
struct Param {
  std::string name;
  std::string type_name;           // C text: "int flags", "const char *"
  std::string type;                // void, int, uint, ptr, struct, …, fd, user_ptr, path, custom
  std::vector<std::string> flags;  // in, out, inout, optional, const, user, …
  std::optional<Constraint> constraint;
  std::optional<uint64_t> size;  // bytes
  std::optional<uint64_t> alignment;
  std::optional<int64_t> size_param;  // 0-based index of the parameter that holds the count
  std::optional<uint64_t> size_multiplier;
  std::string description;
  std::string constraint_text;
  // Of a sysfs attribute (RFC v2).
  std::string sysfs_path;
  std::string sysfs_permissions;  // octal: "0644"
  std::string default_value;
  std::string units;
  std::optional<int64_t> step;
  std::vector<std::string> allowed_strings;  // sorted
  // Of a syscall whose code was read: what is accepted in the argument, and in the fields of a
  // struct behind it. No member of a spec's parameter.
  std::optional<Accepts> accepts;
  std::vector<AcceptedField> fields;

  bool operator==(const Param&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("type_name", self.type_name);
    visit("type", self.type);
    visit("flags", self.flags);
    visit("constraint", self.constraint);
    visit("size", self.size);
    visit("alignment", self.alignment);
    visit("size_param", self.size_param);
    visit("size_multiplier", self.size_multiplier);
    visit("description", self.description);
    visit("constraint_text", self.constraint_text);
    visit("sysfs_path", self.sysfs_path);
    visit("sysfs_permissions", self.sysfs_permissions);
    visit("default_value", self.default_value);
    visit("units", self.units);
    visit("step", self.step);
    visit("allowed_strings", self.allowed_strings);
    visit("accepts", self.accepts);
    visit("fields", self.fields);
  }
};

struct Return {
  std::string type_name;
  std::string type;
  std::string check;                     // exact, range, error_check, fd, custom, no_return
  std::optional<int64_t> success_value;  // exact
  std::optional<int64_t> success_min;    // range
  std::optional<int64_t> success_max;
  std::vector<int64_t> error_values;  // error_check; sorted
  std::string description;

  bool operator==(const Return&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("type_name", self.type_name);
    visit("type", self.type);
    visit("check", self.check);
    visit("success_value", self.success_value);
    visit("success_min", self.success_min);
    visit("success_max", self.success_max);
    visit("error_values", self.error_values);
    visit("description", self.description);
  }
};

// A member of a struct or union. In a layout (Corpus::types) members of anonymous structs and
// unions stand as fields of their own ("in6_u.u6_addr8" if the anonymous type has a member name),
// each with its offset from the start of the outermost; `type` is one of int, uint, bool, float,
// ptr, enum, struct, union, array, function.
struct Field {
  std::string name;
  std::string type;
  std::string type_name;
  uint64_t offset = 0;                 // bytes from the start of the struct
  std::optional<uint64_t> size;        // bytes; of a bit-field those of its declared type
  std::optional<uint64_t> bit_offset;  // of a bit-field, from the start of byte `offset`, 0 to 7;
                                       // counted as in kapi::Member
  std::optional<uint64_t> bits;        // of a bit-field, how wide it is
  std::vector<std::string> flags;
  std::optional<Constraint> constraint;
  std::string enum_values;  // comma-separated text, as the spec has it
  std::string description;

  bool operator==(const Field&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("type", self.type);
    visit("type_name", self.type_name);
    visit("offset", self.offset);
    visit("size", self.size);
    visit("bit_offset", self.bit_offset);
    visit("bits", self.bits);
    visit("flags", self.flags);
    visit("constraint", self.constraint);
    visit("enum_values", self.enum_values);
    visit("description", self.description);
  }
};

// What a spec says of a struct, or, in Corpus::types, its layout as compiled; without size and
// fields if headers declare it and the image does not tell its layout.
struct Struct {
  std::string name;
  std::string kind;              // of a layout: struct, union; typedef if only that gives it a name
  std::optional<uint64_t> size;  // bytes
  std::optional<uint64_t> alignment;
  std::vector<Field> fields;
  std::string description;
  // Of a layout: why it is part of the surface. Syscalls whose arguments lead to it ("openat2"),
  // APIs whose specs name it ("sys_open"), "uapi" if installed headers declare it. Sorted.
  std::vector<std::string> users;
  std::string header;  // of a layout: the installed header that declares it, "linux/openat2.h"

  bool operator==(const Struct&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("kind", self.kind);
    visit("size", self.size);
    visit("alignment", self.alignment);
    visit("fields", self.fields);
    visit("description", self.description);
    visit("users", self.users);
    visit("header", self.header);
  }
};

}  // namespace kapi
