// SPDX-License-Identifier: GPL-2.0-only
// The array of pointers to syscall metadata where no symbol bounds it (kernels without
// CONFIG_KALLSYMS_ALL): the longest run of pointers to something whose first member is a pointer to
// a text that begins with "sys_".
#pragma once

#include <optional>

#include "kapi/image.h"

namespace kapi {

struct AddressRange {
  uint64_t start = 0;
  uint64_t stop = 0;
};

std::optional<AddressRange> find_syscall_metadata(const Image& image);

}  // namespace kapi
