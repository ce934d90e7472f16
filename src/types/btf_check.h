// SPDX-License-Identifier: GPL-2.0-only
// Holds raw BTF against its own rules before libbpf sees it. libbpf trusts the counts of BTF of the
// other endianness while it swaps them, and does not look at ids and string offsets at all; after
// this check each id names a type, each name offset a string, and each type lies in its section.
#pragma once

#include "kapi/base.h"
#include "types/btf_summary.h"

namespace kapi {

// Throws InputError with the place of the first violation. Split BTF (of a module) goes on where
// its base ends, in ids and in offsets of names, and is held against it: a base of another build
// gives names that begin within others, and ids of types that cannot be meant.
BtfSummary check_btf(Cursor bytes, const BtfSummary* base = nullptr);

}  // namespace kapi
