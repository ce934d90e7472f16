// SPDX-License-Identifier: GPL-2.0-only
// Which relocation types put an address into data, by architecture. Types that patch instructions
// or hold distances are not among them: they stand in code and in tables that are never read as
// pointers.
#pragma once

#include <cstdint>

#include "kapi/image.h"

namespace kapi {

struct RelocationType {
  enum Kind {
    none,      // leaves the place as it is
    absolute,  // symbol + addend
    relative,  // load address + addend
    unknown,
  };
  Kind kind = unknown;
  uint8_t size = 0;  // of the place, in bytes; 0 if unknown
};

// `type` as the entry has it; on mips64, where an entry names up to three types that apply one
// after the other, the first in its lowest byte.
RelocationType relocation_type(Arch arch, uint32_t type);

}  // namespace kapi
