// SPDX-License-Identifier: GPL-2.0-only
#include "source/debug_link.h"

#include <array>

namespace kapi {
namespace {

constexpr size_t kMaxName = 255;  // of a file (NAME_MAX)

constexpr std::array<uint32_t, 256> kCrcTable = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < table.size(); i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) {
      value = (value & 1) != 0 ? value >> 1 ^ 0xedb88320 : value >> 1;
    }
    table[i] = value;
  }
  return table;
}();

}  // namespace

std::optional<DebugLink> read_debug_link(const Image& image, std::vector<Diagnostic>& diagnostics) {
  const Section* section = image.section(".gnu_debuglink");
  if (section == nullptr || !section->has_bytes) {
    return std::nullopt;
  }
  try {
    Cursor link = image.contents(*section);
    const Cursor start = link;
    const std::string name(link.cstring(kMaxName + 1));
    if (name.empty() || name.find('/') != name.npos || name == "." || name == ".." ||
        name.find('\n') != name.npos) {
      start.fail("the debug link names no file: '" + printable(name) + "'");
    }
    link.seek((link.position() + 3) / 4 * 4);
    return DebugLink{name, link.u32()};
  } catch (const InputError& error) {
    diagnostics.push_back({Level::warning, "debug-link-malformed", "", error.reason(),
                           error.place().section, error.place().offset});
    return std::nullopt;
  }
}

uint32_t crc32_of(std::span<const std::byte> bytes) {
  uint32_t crc = 0xffffffff;
  for (const std::byte byte : bytes) {
    crc = crc >> 8 ^ kCrcTable[(crc ^ static_cast<uint32_t>(byte)) & 0xff];
  }
  return ~crc;
}

}  // namespace kapi
