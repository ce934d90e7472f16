// SPDX-License-Identifier: GPL-2.0-only
#include "surface/find_metadata.h"

#include <string_view>
#include <unordered_set>

#include "surface/word_scan.h"

namespace kapi {
namespace {

// Kernels have some 300 to 500; what is shorter is something else.
constexpr uint64_t kMinEntries = 64;
constexpr size_t kMaxTexts = 1 << 16;  // that begin like the name of a syscall

std::unordered_set<uint64_t> names_of_syscalls(const Image& image) {
  using std::literals::operator""sv;
  constexpr auto kBeginning = "\0sys_"sv;
  std::unordered_set<uint64_t> found;
  for (const Section& section : image.sections()) {
    if (!section.allocated || !section.has_bytes) {
      continue;
    }
    const auto bytes = image.contents(section).span();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (size_t at = text.find(kBeginning); at != text.npos && found.size() < kMaxTexts;
         at = text.find(kBeginning, at + 1)) {
      found.insert(section.address + at + 1);
    }
  }
  return found;
}

}  // namespace

std::optional<AddressRange> find_syscall_metadata(const Image& image) {
  const auto names = names_of_syscalls(image);
  std::unordered_set<uint64_t> objects;
  scan_words(image, [&](uint64_t address, uint64_t value) {
    if (names.count(value) != 0) {
      objects.insert(address);
    }
  });
  const uint64_t stride = image.bits() / 8;
  AddressRange longest;
  AddressRange run;
  scan_words(image, [&](uint64_t address, uint64_t value) {
    if (objects.count(value) != 0) {
      run = run.stop == address ? AddressRange{run.start, address + stride}
                                : AddressRange{address, address + stride};
      longest = run.stop - run.start > longest.stop - longest.start ? run : longest;
    }
  });
  if ((longest.stop - longest.start) / stride < kMinEntries) {
    return std::nullopt;
  }
  return longest;
}

}  // namespace kapi
