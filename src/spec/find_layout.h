// SPDX-License-Identifier: GPL-2.0-only
// Finds the layout of the specs in an image, and says why it is that one.
#pragma once

#include <optional>
#include <vector>

#include "spec/layout.h"
#include "spec/spec_array.h"

namespace kapi {

// The image's own types, with the meanings of the revision they are most like.
std::optional<SpecLayout> layout_from_types(const Image& image, TypeReader& types);

// The built-in tables that fit the array: one, or several revisions of equal offsets that the image
// does not tell apart, the newest first. Throws InputError if none fits, saying what spoke against
// each.
std::vector<SpecLayout> layouts_from_tables(const Image& image, const SpecArray& array);

// Of tables that share their offsets, those whose numbers the specs at these places have; all if
// there is none. Adds to the evidence of those that stay.
std::vector<SpecLayout> told_apart(const Image& image, std::vector<SpecLayout> layouts,
                                   const std::vector<SpecSlot>& places);

// All tables, laid out for an image, those of equal offsets together, the newest first.
std::vector<std::vector<SpecLayout>> table_layouts(const Image& image);

}  // namespace kapi
