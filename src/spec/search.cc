// SPDX-License-Identifier: GPL-2.0-only
#include "spec/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "spec/find_layout.h"
#include "spec/plausible.h"

namespace kapi {
namespace {

constexpr uint32_t kProgram = 1;         // SHT_PROGBITS: no table of relocations, no note
constexpr uint64_t kExecutable = 4;      // SHF_EXECINSTR
constexpr uint64_t kMaxPadding = 64;     // no object is aligned to more
constexpr size_t kMaxFinds = 65536;      // specs; a kernel has some hundred syscalls
constexpr size_t kMaxLooks = 1'000'000;  // at what stands around a magic
constexpr size_t kMaxJudged = 200'000;   // of these, in full
constexpr size_t kMinMagics = 2;

// Every magic is 'K' 'A' and two more characters.
constexpr uint32_t kMagicHead = 0x4b41;

struct Area {
  const Section* section;
  std::span<const std::byte> bytes;
};

std::vector<Area> data_of(const Image& image) {
  std::vector<Area> areas;
  for (const Section& section : image.sections()) {
    if (section.allocated && section.has_bytes && section.type == kProgram &&
        (section.flags & kExecutable) == 0) {
      try {
        areas.push_back({&section, image.contents(section).span()});
      } catch (const InputError&) {
        // The image has said that the section lies outside the file.
      }
    }
  }
  return areas;
}

uint32_t word_in(std::span<const std::byte> bytes, uint64_t offset, Endian endian) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  const bool native = (endian == Endian::little) == (std::endian::native == std::endian::little);
  return native ? value : __builtin_bswap32(value);
}

// Where the magics of a layout are, by their offset.
struct Marks {
  explicit Marks(const std::vector<SpecLayout>& of) : layouts(&of), size(of.front().size()) {
    for (const auto& [member, value] : kSpecMagics) {
      const auto found = find_member(of.front().graph, of.front().spec, member);
      if (found) {
        offsets.emplace_back(found->bit_offset / 8, value);
      }
    }
    std::sort(offsets.begin(), offsets.end());
  }
  const std::vector<SpecLayout>* layouts;
  uint64_t size;
  std::vector<std::pair<uint64_t, uint32_t>> offsets;
};

// The start of the spec whose first magic, of those it has, stands at `at`: nothing if another one
// stands before, if one of them is wrong, or if there are too few.
std::optional<uint64_t> start_of(const Marks& marks, std::span<const std::byte> bytes, uint64_t at,
                                 uint32_t value, Endian endian) {
  const auto first = std::find_if(marks.offsets.begin(), marks.offsets.end(),
                                  [&](const auto& mark) { return mark.second == value; });
  if (first == marks.offsets.end() || at < first->first ||
      bytes.size() - (at - first->first) < marks.size) {
    return std::nullopt;
  }
  const uint64_t start = at - first->first;
  size_t agreeing = 0;
  for (auto mark = marks.offsets.begin(); mark != marks.offsets.end(); mark++) {
    const uint32_t found = word_in(bytes, start + mark->first, endian);
    if (found != 0 && (mark < first || found != mark->second)) {
      return std::nullopt;
    }
    agreeing += found != 0 ? 1 : 0;
  }
  return agreeing >= kMinMagics ? std::optional(start) : std::nullopt;
}

// Whether a spec of one of the layouts, which share their offsets, can stand there.
class Judge {
 public:
  Judge(const Image& image, const std::vector<SpecLayout>& layouts) {
    for (const auto& layout : layouts) {
      judges_.emplace_back(image, layout);
    }
  }
  bool accepts(uint64_t address) const {
    if (asked_ >= kMaxJudged) {
      return false;
    }
    asked_++;
    return std::any_of(judges_.begin(), judges_.end(),
                       [&](const auto& judge) { return !judge.objection(address); });
  }

 private:
  std::vector<Plausibility> judges_;
  mutable size_t asked_ = 0;
};

// The addresses of all that look like specs of one group of layouts.
std::set<uint64_t> finds_by_magic(const Image& image, const std::vector<Area>& data,
                                  const Marks& marks) {
  std::set<uint64_t> finds;
  const Judge judge(image, *marks.layouts);
  const Endian endian = image.endian();
  size_t looks = 0;
  for (const Area& area : data) {
    const char* const begin = reinterpret_cast<const char*>(area.bytes.data());
    const char* const end = begin + area.bytes.size();
    // 'K' is the last byte of a magic or the first, as the bytes are ordered.
    for (const char* k = begin; k != end; k++) {
      k = static_cast<const char*>(std::memchr(k, 'K', static_cast<size_t>(end - k)));
      if (k == nullptr) {
        break;
      }
      const auto offset = static_cast<uint64_t>(k - begin);
      const uint64_t at = endian == Endian::little ? offset - 3 : offset;
      if ((endian == Endian::little && offset < 3) || area.bytes.size() - at < 4) {
        continue;
      }
      const uint32_t value = word_in(area.bytes, at, endian);
      if (value >> 16 != kMagicHead || looks >= kMaxLooks) {
        continue;
      }
      looks++;
      const auto start = start_of(marks, area.bytes, at, value, endian);
      const uint64_t address = area.section->address + start.value_or(0);
      if (start && finds.size() < kMaxFinds && judge.accepts(address)) {
        finds.insert(address);
      }
    }
  }
  return finds;
}

// ---- the array around the finds ----------------------------------------------------------------

// The pointer at an address, or 0. In a position-independent image the word itself may be 0.
uint64_t pointer_or_null(const Image& image, uint64_t address) {
  try {
    return image.pointer_at(address);
  } catch (const InputError&) {
    return 0;
  }
}

// Whether its words may be put in place by relocations only.
bool may_need_relocation(const Image& image) {
  return image.format() == ImageFormat::elf_dyn || image.format() == ImageFormat::flat;
}

// The longest row of pointers to specs among those that lead to a find.
std::vector<SpecSlot> pointer_array(const Image& image, const std::vector<Area>& data,
                                    const std::set<uint64_t>& finds, const Judge& judge) {
  const uint64_t width = image.bits() / 8;
  const Endian endian = image.endian();
  const auto known = [&](uint64_t target) {
    return target >= *finds.begin() && target <= *finds.rbegin() && finds.contains(target);
  };
  std::vector<SpecSlot> best;
  for (const bool relocated : {false, true}) {
    if (relocated && (best.size() >= finds.size() || !may_need_relocation(image))) {
      break;  // a look at each word's relocation is slow, and only these images need it
    }
    for (const Area& area : data) {
      const uint64_t base = area.section->address;
      const uint64_t first = (width - base % width) % width;
      for (uint64_t at = first; at + width <= area.bytes.size(); at += width) {
        uint64_t target = 0;
        if (relocated) {
          target = pointer_or_null(image, base + at);
        } else {
          Cursor word(area.bytes.subspan(at, width), image.file(), "", 0, endian);
          target = word.unsigned_of(width);
        }
        if (!known(target)) {
          continue;
        }
        // Those before it have no magic, or it would have been met there.
        uint64_t begin = base + at;
        while (begin >= base + width) {
          const uint64_t before = pointer_or_null(image, begin - width);
          if (before == 0 || !judge.accepts(before)) {
            break;
          }
          begin -= width;
        }
        std::vector<SpecSlot> row;
        for (uint64_t slot = begin; row.size() < kMaxFinds; slot += width) {
          const uint64_t each = pointer_or_null(image, slot);
          if (each == 0 || (!known(each) && !judge.accepts(each))) {
            break;
          }
          row.push_back({slot, each, ""});
        }
        at = row.back().slot - base;
        if (row.size() > best.size()) {
          best = std::move(row);
        }
      }
    }
  }
  return best;
}

// The specs that lie in a row with the finds, each within the padding of the one before. Specs
// without magics have their place in it too.
std::vector<SpecSlot> struct_array(const Image& image, const std::set<uint64_t>& finds,
                                   uint64_t size, const Judge& judge, bool& whole) {
  std::set<uint64_t> row = finds;
  const auto accepts = [&](uint64_t address) {
    return image.covers(address, size) && judge.accepts(address);
  };
  const auto next_to = [&](uint64_t address, bool forward) {
    for (uint64_t padding = 0; padding < kMaxPadding && row.size() < kMaxFinds; padding++) {
      const uint64_t next = forward ? address + size + padding : address - size - padding;
      if (accepts(next)) {
        return row.insert(next).second;
      }
    }
    return false;
  };
  for (auto each = row.begin(); each != row.end(); each++) {
    const auto after = std::next(each);
    if (after == row.end() || *after - *each >= size + kMaxPadding) {
      next_to(*each, true);
    }
  }
  while (next_to(*row.begin(), false)) {
  }
  std::vector<SpecSlot> slots;
  whole = true;
  uint64_t end = *row.begin();
  for (const uint64_t address : row) {
    whole = whole && address - end < kMaxPadding;
    slots.push_back({address, address, ""});
    end = address + size;
  }
  return slots;
}

std::string section_at(const Image& image, uint64_t address) {
  const auto location = image.locate(address);
  return location ? location->section : "no section";
}

FoundSpecs assemble(const Image& image, const std::vector<Area>& data,
                    std::vector<SpecLayout> layouts, const std::set<uint64_t>& finds) {
  FoundSpecs found;
  const Judge judge(image, layouts);
  const std::string magics = fmt::format("no symbols; by the magics of {} specs in {}",
                                         finds.size(), section_at(image, *finds.begin()));
  if (has_pointers(layouts.front())) {
    found.places = pointer_array(image, data, finds, judge);
    const bool all = std::all_of(finds.begin(), finds.end(), [&](uint64_t find) {
      return std::any_of(found.places.begin(), found.places.end(),
                         [&](const SpecSlot& slot) { return slot.target == find; });
    });
    found.whole = all;
    if (found.whole) {
      found.found_by = fmt::format(
          "{} and the array of {} pointers at {:#x} in {} that leads to "
          "them",
          magics, found.places.size(), found.places.front().slot,
          section_at(image, found.places.front().slot));
    } else {
      found.places.clear();
      for (const uint64_t find : finds) {
        found.places.push_back({find, find, ""});
      }
      found.found_by = fmt::format("{}; no array of pointers leads to all of them", magics);
    }
  } else {
    found.places = struct_array(image, finds, layouts.front().size(), judge, found.whole);
    found.found_by = found.whole ? fmt::format("{}, {} in a row from {:#x} on", magics,
                                               found.places.size(), found.places.front().slot)
                                 : fmt::format("{}, not all in one row", magics);
  }
  for (auto& layout : layouts) {
    layout.evidence.push_back(
        fmt::format("{} specs with at least {} magics in their places hold in every member what "
                    "one of {} bytes can hold",
                    finds.size(), kMinMagics, layout.size()));
  }
  found.layouts = told_apart(image, std::move(layouts), found.places);
  return found;
}

}  // namespace

std::optional<FoundSpecs> search_specs(const Image& image, std::optional<SpecLayout> by_types,
                                       std::string& searched) {
  const auto data = data_of(image);
  uint64_t bytes = 0;
  for (const Area& area : data) {
    bytes += area.bytes.size();
  }
  searched = fmt::format(
      "{} bytes in the {} sections without code were searched for the magics "
      "that specs have since RFC v4",
      bytes, data.size());
  std::vector<std::vector<SpecLayout>> groups;
  if (by_types) {
    groups.push_back({std::move(*by_types)});
  } else {
    groups = table_layouts(image);
  }
  std::optional<size_t> best;
  std::set<uint64_t> most;
  for (size_t i = 0; i < groups.size(); i++) {
    const Marks marks(groups[i]);
    auto finds = marks.offsets.empty() ? std::set<uint64_t>{} : finds_by_magic(image, data, marks);
    if (finds.size() > most.size()) {
      most = std::move(finds);
      best = i;
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return assemble(image, data, std::move(groups[*best]), most);
}

}  // namespace kapi
