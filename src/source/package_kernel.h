// SPDX-License-Identifier: GPL-2.0-only
// The kernel image in a package.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"
#include "kapi/unpack.h"

namespace kapi {

// How much can be read from a kernel image in a package, told by its path.
enum class KernelWorth {
  none,     // no kernel image
  shipped,  // vmlinuz, Image, …: without a symbol table and debug information
  linked,   // vmlinux, which may have them
  debug,    // vmlinux of a debug package
};
KernelWorth kernel_worth(std::string_view path);

struct PackagedKernel {
  std::string path;  // in the package
  std::vector<std::byte> bytes;
};

// The file that `member` names, following links within the package; without a name, the kernel
// image of most worth, and a note in `diagnostics` where there are others. Throws InputError if
// there is no such file, or there are several of equal worth.
PackagedKernel find_packaged_kernel(const Cursor& file, const std::string& member,
                                    std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
