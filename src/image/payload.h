// SPDX-License-Identifier: GPL-2.0-only
// The kernel inside a file that boot loaders read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kapi/base.h"

namespace kapi {

struct UnwrappedKernel {
  std::vector<std::byte> bytes;       // an ELF file, or a flat binary such as an arm64 Image
  std::vector<std::string> wrapping;  // outermost first: {"bzImage", "xz"}
};

// Unwraps the bytes of a whole file: a vmlinuz in the form of its architecture, or a vmlinux, an
// Image or a module packed by a compressor. Nothing if there is nothing to unwrap: an ELF file, a
// flat image, or no kernel at all. Throws InputError if a kernel is wrapped there and it is cut
// short, damaged, or unpacks to more than kMaxUnpackedKernel bytes.
std::optional<UnwrappedKernel> unwrap_kernel(const Cursor& file);

}  // namespace kapi
