// SPDX-License-Identifier: GPL-2.0-only
// Holds raw BTF against its own rules before libbpf sees it. libbpf trusts the counts of BTF of the
// other endianness while it swaps them, and does not look at ids and string offsets at all; after
// this check each id names a type, each name offset a string, and each type lies in its section.
#pragma once

#include <cstdint>
#include <vector>

#include "kapi/base.h"

namespace kapi {

struct BtfSummary {
  Cursor whole;                  // header, types and strings, without what follows them
  std::vector<uint32_t> offset;  // of the type with id i + 1, from the start of `whole`
  bool signed_enums = false;     // an enum says that it is signed, so the others are not
};

// Throws InputError with the place of the first violation.
BtfSummary check_btf(Cursor bytes);

}  // namespace kapi
