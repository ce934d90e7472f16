// SPDX-License-Identifier: GPL-2.0-only
#include "spec/spec_array.h"

#include <fmt/format.h>

#include <algorithm>

#include "spec/plausible.h"

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

// "__kapi_spec_sys_open", "__kapi_ioctl_spec_…", "__kapi_sysfs_spec_…"; not "__kapi_spec_ptr_…".
bool is_spec_symbol(const Symbol& symbol) {
  return symbol.kind == SymbolKind::object && symbol.name.find("spec_") != symbol.name.npos &&
         symbol.name.find("spec_ptr_") == symbol.name.npos;
}

std::vector<Symbol> spec_symbols(const Image& image, const SpecArray& array) {
  std::vector<Symbol> symbols;
  for (const auto& symbol : image.symbols_with_prefix("__kapi_")) {
    if (is_spec_symbol(symbol) && symbol.address - array.start < array.size) {
      symbols.push_back(symbol);
    }
  }
  return symbols;
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
        slots.push_back({slot, target, ""});
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

std::vector<SpecSlot> walk_specs(const Image& image, const SpecArray& array,
                                 const SpecLayout& layout, std::vector<Diagnostic>& diagnostics) {
  std::vector<SpecSlot> slots;
  if (array.size == 0) {
    return slots;
  }
  const uint64_t size = layout.size();
  const auto name_member = find_member(layout.graph, layout.spec, "name");
  const uint64_t name_room = name_member ? layout.graph.size_of(name_member->type) : 0;
  const auto bytes = image.at(array.start).take(array.size);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto symbols = spec_symbols(image, array);
  bool in_doubt = false;  // the bytes before this were no spec, which is said once
  const auto symbol_from = [&](uint64_t offset) {
    return std::find_if(symbols.begin(), symbols.end(),
                        [&](const Symbol& s) { return s.address - array.start >= offset; });
  };
  const auto offset_of = [&](std::vector<Symbol>::const_iterator symbol) {
    return symbol == symbols.end() ? array.size : symbol->address - array.start;
  };
  for (uint64_t offset = 0; offset < array.size;) {
    const auto symbol = symbol_from(offset);
    const uint64_t named_at = offset_of(symbol);
    offset = std::min<uint64_t>(text.find_first_not_of('\0', offset), named_at);
    if (offset == array.size) {
      break;
    }
    const bool named = offset == named_at;
    // What has no symbol does not reach into what has one.
    const uint64_t room = (named ? array.size : named_at) - offset;
    const std::string_view name_array = text.substr(offset, name_room);
    const std::string_view name = name_array.substr(0, name_array.find('\0'));
    const bool padded = name_array.find_first_not_of('\0', name.size()) == name_array.npos;
    const uint64_t address = array.start + offset;
    if (room >= size && (named || (padded && is_api_name(name)))) {
      slots.push_back({address, address, named ? std::string(symbol->name) : ""});
      offset += size;
      in_doubt = false;
      continue;
    }
    if (!in_doubt) {
      const Place place = place_of(image, address);
      diagnostics.push_back(
          {Level::error, "spec-unreadable", "",
           fmt::format("the bytes from {:#x} on are no spec of {} bytes", address, size),
           place.section, place.offset});
    }
    in_doubt = true;
    // The next one begins behind zeros, or at its symbol.
    offset =
        std::min(std::max(text.find('\0', offset), offset + 1), offset_of(symbol_from(offset + 1)));
  }
  return slots;
}

std::vector<SpecSlot> read_places(const Image& image, const SpecArray& array,
                                  const SpecLayout& layout, std::vector<Diagnostic>& diagnostics) {
  return has_pointers(layout) ? read_spec_slots(image, array, diagnostics)
                              : walk_specs(image, array, layout, diagnostics);
}

}  // namespace kapi
