// SPDX-License-Identifier: GPL-2.0-only
// Finds specs where no symbol and no section marks them: in a stripped vmlinux, whose specs lie
// somewhere in its read-only data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kapi/image.h"
#include "spec/layout.h"
#include "spec/spec_array.h"

namespace kapi {

struct FoundSpecs {
  std::vector<SpecLayout> layouts;  // as many as the image does not tell apart
  std::vector<SpecSlot> places;
  std::string found_by;  // "magics in .rodata and the array of 5 pointers at …"
  // Whether they stand together as an array, so that none is missing: the magics alone do not find
  // a spec all of whose lists are empty.
  bool whole = false;
};

// One pass over the bytes of the allocated sections without code, for the magics that head the
// parts of a spec since RFC v4. A find must have two magics in their places, one of them in front
// of the parts that have none, and in every member what such a spec can hold; then the array of
// pointers to the finds is looked for, or the finds that lie next to each other. `by_types` is the
// layout of the image's own types if it has them. Nothing if there is no such place; `searched`
// says what was looked at.
std::optional<FoundSpecs> search_specs(const Image& image, std::optional<SpecLayout> by_types,
                                       std::string& searched);

}  // namespace kapi
