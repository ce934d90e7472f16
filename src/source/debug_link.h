// SPDX-License-Identifier: GPL-2.0-only
// .gnu_debuglink: the name of the separate debug file, and the CRC-32 of what it holds (GDB manual,
// "Debugging Information in Separate Files").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kapi/image.h"

namespace kapi {

struct DebugLink {
  std::string name;  // without a folder
  uint32_t crc = 0;
};

// Nothing if there is no such section. One that is malformed, or names more than a file, is a
// diagnostic and counts as none.
std::optional<DebugLink> read_debug_link(const Image& image, std::vector<Diagnostic>& diagnostics);

// The CRC-32 of IEEE 802.3, as zlib's crc32().
uint32_t crc32_of(std::span<const std::byte> bytes);

}  // namespace kapi
