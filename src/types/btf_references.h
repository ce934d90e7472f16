// SPDX-License-Identifier: GPL-2.0-only
// What the types of split BTF refer to. Ids are bare numbers, so those of another vmlinux fit as
// well as the right ones do; but they lead to what cannot be meant: to a function where a member's
// type is expected, to an integer where a function's type is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "types/btf_summary.h"

namespace kapi {

// Documentation/bpf/btf.rst; newer kinds are appended there.
inline constexpr auto kBtfKinds = std::to_array<std::string_view>(
    {"void", "INT",     "PTR",      "ARRAY",    "STRUCT",   "UNION", "ENUM",
     "FWD",  "TYPEDEF", "VOLATILE", "CONST",    "RESTRICT", "FUNC",  "FUNC_PROTO",
     "VAR",  "DATASEC", "FLOAT",    "DECL_TAG", "TYPE_TAG", "ENUM64"});

inline constexpr const char* kWrongBaseHint =
    "the BTF of a module can only be read with that of the vmlinux of the same build: --btf-base";

// What a reference may lead to.
enum class BtfRole {
  any,
  type,       // what has values, or a function's type
  value,      // what has values
  prototype,  // a function's type
  storage,    // a variable or a function
};

struct BtfReference {
  uint32_t target;
  BtfRole role;
  size_t position;  // of the id, from the start of `whole`
};

// 0 for void. The id is of `own`, or of `base`.
uint32_t btf_kind_of(const BtfSummary& own, const BtfSummary& base, uint32_t id);

// Throws InputError with the place of the first reference that leads to what cannot be meant. All
// targets exist.
void check_references(const std::vector<BtfReference>& references, const BtfSummary& own,
                      const BtfSummary& base);

}  // namespace kapi
