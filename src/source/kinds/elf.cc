// SPDX-License-Identifier: GPL-2.0-only
// vmlinux and modules: ELF files.
#include "kapi/image.h"
#include "source/kernel_image.h"
#include "source/kind.h"

namespace kapi {
namespace {

bool is_elf(const Candidate& candidate) {
  return candidate.text().starts_with(
      "\x7f"
      "ELF");
}

Corpus load(const std::string& path, const LoadOptions& options) {
  return load_kernel(Image::open(path), options);
}

}  // namespace

extern const InputKindEntry kind_elf;
const InputKindEntry kind_elf = {"elf", "vmlinux or module, an ELF file", is_elf, false, load};

}  // namespace kapi
