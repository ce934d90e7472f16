// SPDX-License-Identifier: GPL-2.0-only
// What can be recognised in a flat image by its contents, and where that puts it in memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "image/kallsyms.h"
#include "kapi/image.h"

namespace kapi {

// A run of relocation entries of the architecture's RELATIVE type, which a position-independent
// kernel applies to itself: nothing else is so many triples of a place, that type and an address.
struct RelativeRun {
  size_t offset = 0;  // in the bytes
  size_t count = 0;
};
std::vector<RelativeRun> find_relative_runs(const Cursor& bytes, Arch arch);

struct Extent {
  size_t offset = 0;
  size_t size = 0;
};
// The largest BTF by its header and the extent that it states.
std::optional<Extent> find_btf(const Cursor& bytes);
// The kernel's build id note; those of the vDSO images inside are not it. Nothing if there are
// several.
std::optional<Extent> find_build_id_note(const Cursor& bytes);

// Where a flat image lies in memory.
struct LinkAddress {
  uint64_t image = 0;  // of its first byte
  uint64_t base = 0;   // what kallsyms_relative_base is, after relocation
};
// `symbols` are placed from 0, or by their addresses where the tables hold such. Throws InputError
// if nothing says it, or what does disagrees.
LinkAddress find_link_address(const Cursor& bytes, const Kallsyms& symbols,
                              const std::vector<RelativeRun>& runs);

}  // namespace kapi
