// SPDX-License-Identifier: GPL-2.0-only
// Every word of an image's data that could be a pointer: what is looked for by content is found by
// its pointers.
#pragma once

#include "kapi/image.h"

namespace kapi {

// Whether the image's symbols name data. kallsyms does not unless CONFIG_KALLSYMS_ALL is set; the
// banner is data that every kernel has.
inline bool names_data(const Image& image) {
  return image.has_symbols() &&
         (image.symbols_from() != "kallsyms" || image.symbol("linux_banner").has_value());
}

// Calls visit(address, value) for each aligned word of pointer size, section by section in order of
// address, and visit(end, 0) after each section. The word in the file is the value unless it is 0:
// only then can it be one that a relocation makes an address of (as the linker leaves them for
// arm64).
template <class Visit>
void scan_words(const Image& image, Visit visit) {
  const uint64_t stride = image.bits() / 8;
  for (const Section& section : image.sections()) {
    // The sections of a flat image lie within one that is all of it.
    const bool part = image.format() == ImageFormat::flat && section.name != Image::kFlatSection;
    if (!section.allocated || !section.has_bytes || part) {
      continue;
    }
    Cursor bytes = image.contents(section);
    const uint64_t skew = (stride - section.address % stride) % stride;
    if (skew > bytes.size()) {
      continue;
    }
    bytes.skip(skew);
    uint64_t address = section.address + skew;
    for (; bytes.remaining() >= stride; address += stride) {
      uint64_t value = bytes.unsigned_of(stride);
      if (value == 0) {
        try {
          value = image.pointer_at(address);
        } catch (const InputError&) {
          // A relocation for a part of the word: no pointer.
        }
      }
      visit(address, value);
    }
    visit(address, uint64_t{0});
  }
}

}  // namespace kapi
