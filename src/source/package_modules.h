// SPDX-License-Identifier: GPL-2.0-only
// The modules in a package.
#pragma once

#include <string>

#include "source/modules.h"

namespace kapi {

// Hands the modules of a package to a reader, in one pass; those below usr/lib/debug hold no data
// and are left out. Throws InputError if the file is no package or is damaged.
void read_packaged_modules(const std::string& package, ModuleReader& reader);

}  // namespace kapi
