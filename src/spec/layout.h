// SPDX-License-Identifier: GPL-2.0-only
// The layout of struct kernel_api_spec in one image: its types, by which every member is found, and
// the names of its numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/image.h"
#include "kapi/types.h"

namespace kapi {

// What numbers in a spec mean where no type says it. False is what the first revision did.
struct SpecMeanings {
  bool inout_is_a_bit = false;           // KAPI_PARAM_INOUT compiles to 4, not to in | out
  bool return_sets_error_count = false;  // the spec's error_count counts the return's error values
  bool negative_max_is_open = false;     // a range up to SIZE_MAX, stored as -1, has no upper bound
  bool writes_return_magic = false;      // wherever a return value is described
  bool size_param_from_one = false;      // size_param_idx counts from 1, 0 is none; else 0 and -1
};

// A built-in layout, for images without type information. One file each in src/spec/layouts/.
struct SpecLayoutTable {
  std::string_view revision;  // "PATCH v3/v4"
  std::string_view posted;    // ISO date, which orders revisions
  // The revision this one changes, or null: its declarations hold where `text` has none of that
  // name. A name alone takes a declaration away.
  const SpecLayoutTable* base = nullptr;
  SpecMeanings meanings;
  // Declarations in the text form of TypeGraph, to be laid out for the image's ABI.
  std::string_view text;
};
std::span<const SpecLayoutTable* const> layout_table();  // generated

// All declarations of a table, those of its bases included, laid out for an ABI.
TypeGraph declarations(const SpecLayoutTable& table, const Abi& abi);
Abi abi_of(const Image& image);
const SpecLayoutTable& newest_table();

struct SpecLayout {
  TypeGraph graph;
  TypeId spec = 0;                         // struct kernel_api_spec
  std::string from;                        // "BTF", "DWARF", or the revision of the table
  std::vector<std::string> evidence;       // why, one sentence each
  const SpecLayoutTable* table = nullptr;  // the revision whose meanings hold; null: the newest

  uint64_t size() const { return graph.size_of(spec); }
  const SpecLayoutTable& revision() const { return table != nullptr ? *table : newest_table(); }
  const SpecMeanings& meanings() const { return revision().meanings; }
};

// A table laid out for an image.
SpecLayout layout_of(const SpecLayoutTable& table, const Abi& abi);
// Whether the section of this revision holds pointers to specs (since PATCH v3), not the specs.
bool has_pointers(const SpecLayout& layout);

// Which members of the image's kapi structs this reader does not know, since no posted revision has
// them: "kapi_param_spec.colour".
std::vector<std::string> unknown_members(const SpecLayout& layout);

}  // namespace kapi
