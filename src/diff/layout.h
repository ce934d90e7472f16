// SPDX-License-Identifier: GPL-2.0-only
// Layouts as compiled, and what of them a new field takes. A spec says where fields lie; a layout
// says so for every byte, so it can be told whether a new field stands where nothing was, where
// something was reserved for it, or where something else was.
//
// All places are in bits from the start of the struct, so that bit-fields are fields like others.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diff/change.h"
#include "diff/pairing.h"
#include "kapi/model.h"

namespace kapi {

// Among the users of a type: that installed headers declare it.
inline constexpr std::string_view kUapiUser = "uapi";

// Whether a change is one of a layout, and not of the struct of a spec.
bool is_layout(const Change& change);
// Reached by no syscall and declared by no installed header: the kernel's own business.
bool is_internal(const Change& change);
// Declared by installed headers, and reached by no syscall: how it is passed is not known.
bool only_declared(const Change& change);

// False for a type that headers declare and whose layout the image does not tell.
inline bool has_layout(const Struct& type) { return type.size || !type.fields.empty(); }

// "used by openat2, mount_setattr and 3 more; declared by installed headers"
std::string users_text(const Change& change);

// By the kernel's conventions for what is kept for later: "__reserved_1", "pad", "f_spare".
bool is_reserved(const Field& field);

// An array of any length, at the end of a struct.
bool is_open(const Field& field);

// The record that the field is, or is an array of: "foo" of "struct foo[4]"; empty if it is none.
std::string_view record_name(const Field& field);
// The record of that name, of any kind; null if the corpus has none.
const Struct* find_type(const Corpus& corpus, std::string_view name);
// Whether the same bytes mean the same kinds of values, whatever their names.
bool same_layout(const Struct& a, const Struct& b);

// The names of structs whose size userspace tells the kernel: by the argument after the pointer, by
// a first member that holds it, or by how they are passed otherwise.
class SizedTypes {
 public:
  explicit SizedTypes(const Corpus& corpus);
  bool contains(const Struct& layout) const;

 private:
  std::set<std::string, std::less<>> by_argument_;
};

// What the bytes of the fields of one side are on the other side.
class Rooms {
 public:
  // `pairs` are (index here, index there); `there` is the other side.
  Rooms(const Struct& here, const Struct& there,
        const std::vector<std::pair<size_t, size_t>>& pairs);
  // Of a field of `here` that `there` lacks.
  Room of(const Field& field) const;
  // Whether every field of `there` is at its place here.
  bool all_stay() const { return displaced_.empty(); }

 private:
  struct Extent {
    uint64_t begin = 0;
    uint64_t end = 0;
  };
  static Extent extent_of(const Field& field);
  static void merge(std::vector<Extent>& extents);
  static bool overlaps(const std::vector<Extent>& merged, Extent extent);

  std::vector<Extent> staying_;    // of `there`, also here at the same place
  std::vector<Extent> displaced_;  // of `there`, elsewhere or gone here
  std::vector<Extent> reserved_;   // of `there`
  uint64_t end_ = 0;               // of `there`
};

}  // namespace kapi
