// SPDX-License-Identifier: GPL-2.0-only
// Finds the array of spec pointers in an image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kapi/image.h"

namespace kapi {

struct SpecArray {
  uint64_t start = 0;    // address of the first slot
  uint64_t size = 0;     // bytes
  std::string found_by;  // "symbols __start_kapi_specs and __stop_kapi_specs in .rodata"
};

// A vmlinux marks the array by two boundary symbols and, since the section is merged into .rodata,
// by nothing else; a module keeps a section of its own. Nothing if the image has neither. Throws
// InputError if what marks the array contradicts itself.
std::optional<SpecArray> find_spec_array(const Image& image);

// The addresses of the specs, in array order. A slot that cannot be read, or is null, is a
// diagnostic (Level::error) and left out.
struct SpecSlot {
  uint64_t slot = 0;    // address of the pointer
  uint64_t target = 0;  // address of the spec
};
std::vector<SpecSlot> read_spec_slots(const Image& image, const SpecArray& array,
                                      std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
