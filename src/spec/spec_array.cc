// SPDX-License-Identifier: GPL-2.0-only
#include "spec/spec_array.h"

#include <fmt/format.h>

namespace kapi {
namespace {

constexpr std::string_view kStart = "__start_kapi_specs";
constexpr std::string_view kStop = "__stop_kapi_specs";
constexpr std::string_view kSection = ".kapi_specs";

Place place_of(const Image& image, uint64_t address) {
  const auto location = image.locate(address);
  return location ? Place{image.file(), location->section, location->file_offset}
                  : Place{image.file(), "", std::nullopt};
}

SpecArray between_symbols(const Image& image, const Symbol& start, const Symbol& stop) {
  if (stop.address < start.address) {
    throw InputError(place_of(image, start.address),
                     fmt::format("{} ({:#x}) lies before {} ({:#x})", kStop, stop.address, kStart,
                                 start.address));
  }
  const uint64_t size = stop.address - start.address;
  if (size != 0 && !image.covers(start.address, size)) {
    throw InputError(
        place_of(image, start.address),
        fmt::format("the {} bytes between {} and {} are not all in the file", size, kStart, kStop));
  }
  const auto location = image.locate(start.address);
  return {start.address, size,
          fmt::format("symbols {} and {}{}", kStart, kStop,
                      location ? " in " + location->section : "")};
}

}  // namespace

std::optional<SpecArray> find_spec_array(const Image& image) {
  const auto start = image.symbol(kStart);
  const auto stop = image.symbol(kStop);
  if (start && stop) {
    return between_symbols(image, *start, *stop);
  }
  if (start || stop) {
    throw InputError(
        {image.file(), "", std::nullopt},
        fmt::format("{} is defined and {} is not", start ? kStart : kStop, start ? kStop : kStart));
  }
  const Section* section = image.section(kSection);
  if (section == nullptr) {
    return std::nullopt;
  }
  if (section->size != 0 && !image.covers(section->address, section->size)) {
    throw InputError({image.file(), section->name, section->offset},
                     fmt::format("the section's {} bytes are not all in the file", section->size));
  }
  return SpecArray{section->address, section->size, fmt::format("section {}", kSection)};
}

std::vector<SpecSlot> read_spec_slots(const Image& image, const SpecArray& array,
                                      std::vector<Diagnostic>& diagnostics) {
  const uint64_t stride = image.bits() / 8;
  if (array.size % stride != 0) {
    throw InputError(
        place_of(image, array.start),
        fmt::format("the spec array of {} bytes does not hold whole pointers of {} bytes",
                    array.size, stride));
  }
  std::vector<SpecSlot> slots;
  for (uint64_t offset = 0; offset < array.size; offset += stride) {
    const uint64_t slot = array.start + offset;
    try {
      if (const uint64_t target = image.pointer_at(slot); target != 0) {
        slots.push_back({slot, target});
      } else {
        // The kernel skips it, but no build writes one: a relocation was lost.
        const Place place = place_of(image, slot);
        diagnostics.push_back({Level::error, "slot-empty", "",
                               fmt::format("the pointer to a spec at {:#x} is null", slot),
                               place.section, place.offset});
      }
    } catch (const InputError& error) {
      diagnostics.push_back({Level::error, "slot-unreadable", "", error.reason(),
                             error.place().section, error.place().offset});
    }
  }
  return slots;
}

}  // namespace kapi
