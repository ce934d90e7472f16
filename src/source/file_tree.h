// SPDX-License-Identifier: GPL-2.0-only
// The files of a folder, and a fast look into all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"

namespace kapi {

// Regular files below a folder whose names `wanted` takes, as paths below it, sorted. Symbolic
// links are not followed. A folder that cannot be read is a diagnostic. Throws InputError if the
// folder itself cannot be.
std::vector<std::string> files_below(const std::string& folder, bool (*wanted)(std::string_view),
                                     std::vector<Diagnostic>& diagnostics);

// Those of `files` (below `folder`) whose text passes `filter`, in their order; several threads
// read. What cannot be read, or holds more than `limit` bytes, is a diagnostic.
std::vector<std::string> files_that(const std::string& folder,
                                    const std::vector<std::string>& files,
                                    bool (*filter)(std::string_view), size_t limit,
                                    std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
