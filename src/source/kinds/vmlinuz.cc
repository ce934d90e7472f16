// SPDX-License-Identifier: GPL-2.0-only
// Kernels as they are shipped, and images and modules that are packed.
#include "kapi/image.h"
#include "source/kernel_image.h"
#include "source/kind.h"

namespace kapi {
namespace {

bool probe(const Candidate& candidate) { return is_shipped_kernel(candidate.head); }

Corpus load(const std::string& path, const LoadOptions& options) {
  return load_kernel(Image::open(path), options);
}

}  // namespace

extern const InputKindEntry kind_vmlinuz;
const InputKindEntry kind_vmlinuz = {
    "vmlinuz", "kernel as shipped (vmlinuz, bzImage, zImage, Image), or a packed vmlinux or module",
    probe, false, load};

}  // namespace kapi
