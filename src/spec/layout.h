// SPDX-License-Identifier: GPL-2.0-only
// The layout of struct kernel_api_spec in one image: its types, by which every member is found, and
// the names of its numbers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/image.h"
#include "kapi/types.h"

namespace kapi {

// A built-in layout, for images without type information. One file each in src/spec/layouts/.
struct SpecLayoutTable {
  std::string_view revision;  // "PATCH v3/v4"
  // Declarations in the text form of TypeGraph, to be laid out for the image's ABI.
  std::string_view text;
};
std::span<const SpecLayoutTable* const> layout_table();  // generated

// The declarations of the newest revision: the members and enumerators that this reader knows.
const TypeGraph& known_declarations();

struct SpecLayout {
  TypeGraph graph;
  TypeId spec = 0;                    // struct kernel_api_spec
  std::string from;                   // "BTF", "DWARF", or the revision of the table
  std::vector<std::string> evidence;  // why, one sentence each
};

// From the image's own types where it has them, else from the built-in table whose size and slots
// fit. Throws InputError if neither can be had, saying what spoke against each table.
SpecLayout find_spec_layout(const Image& image, TypeReader& types, uint64_t first_spec);

// Which members of the image's kapi structs this reader does not know: "kapi_param_spec.colour".
std::vector<std::string> unknown_members(const SpecLayout& layout);

// Lower-case tokens for the numbers of an enumeration ("kapi_lock_scope"), from the image where it
// carries the enumeration, else from the built-in table.
class Tokens {
 public:
  explicit Tokens(const SpecLayout& layout);
  // "caller_held", or "unknown_17".
  std::string of(std::string_view enumeration, int64_t value) const;
  // One token per set bit, sorted; bits without a name together as "unknown_0x600".
  std::vector<std::string> of_bits(std::string_view enumeration, uint64_t bits) const;

 private:
  struct Vocabulary {
    std::string_view enumeration;
    std::string_view prefix;
    std::vector<Enumerator> enumerators;
  };
  const Vocabulary& find(std::string_view enumeration) const;

  std::vector<Vocabulary> vocabularies_;
};

}  // namespace kapi
