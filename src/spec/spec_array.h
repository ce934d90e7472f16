// SPDX-License-Identifier: GPL-2.0-only
// Finds where the specs of an image stand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kapi/image.h"
#include "kapi/model.h"
#include "spec/layout.h"

namespace kapi {

struct SpecArray {
  uint64_t start = 0;    // address of the first byte
  uint64_t size = 0;     // bytes
  std::string found_by;  // "symbols __start_kapi_specs and __stop_kapi_specs in .rodata"
};
// A vmlinux marks the array by two boundary symbols and, since the section is merged into .rodata,
// by nothing else; a module keeps a section of its own, and so did vmlinux until RFC v4. Nothing if
// the image has neither. Throws InputError if what marks the array contradicts itself.
std::optional<SpecArray> find_spec_array(const Image& image);

struct SpecSlot {
  uint64_t slot = 0;    // address of the pointer, or of the spec itself
  uint64_t target = 0;  // address of the spec
  std::string symbol;   // of the spec; empty if it has none or was not looked for
};

// The specs that an array of pointers leads to, in its order. A slot that cannot be read, or is
// null, is a diagnostic (Level::error) and left out. Throws if it does not hold whole pointers.
std::vector<SpecSlot> read_spec_slots(const Image& image, const SpecArray& array,
                                      std::vector<Diagnostic>& diagnostics);
// The specs that stand in an array themselves. Compilers align each, so there is padding between
// them: what is a spec is told by its symbol, or by a name that follows zeros. Other bytes are a
// diagnostic (Level::error).
std::vector<SpecSlot> walk_specs(const Image& image, const SpecArray& array,
                                 const SpecLayout& layout, std::vector<Diagnostic>& diagnostics);
// One of the two, as the layout has it.
std::vector<SpecSlot> read_places(const Image& image, const SpecArray& array,
                                  const SpecLayout& layout, std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
