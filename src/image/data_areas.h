// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <vector>

#include "image/elf_file.h"

namespace kapi {

// A stretch of loaded data.
struct DataArea {
  uint64_t address = 0;
  Cursor bytes;
};

// Where to look for what no header names: the loaded sections that hold no code, or the loaded
// segments of a file without sections. All together are no larger than the file, however often its
// headers name the same bytes.
std::vector<DataArea> data_areas(const ElfFile& elf);

}  // namespace kapi
