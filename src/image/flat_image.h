// SPDX-License-Identifier: GPL-2.0-only
// A flat kernel image: the bytes of a kernel as they lie in memory, which is what arm64, riscv, arm
// and s390x boot. No header says where it is linked or what is in it; its kallsyms tables do, and
// what can be recognised by its contents confirms them or stands in where they are silent (without
// CONFIG_KALLSYMS_ALL they name functions only).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "image/elf_file.h"
#include "image/kallsyms.h"

namespace kapi {

struct FlatImage {
  ImageShape shape;
  std::unique_ptr<const Kallsyms> symbols;  // null if there are none that can be believed
};

// Nothing if the bytes neither have the header of a flat image (arm64, riscv) nor hold the kallsyms
// tables of a kernel.
std::optional<FlatImage> read_flat_image(std::span<const std::byte> bytes, const std::string& file);

}  // namespace kapi
