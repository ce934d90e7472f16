// SPDX-License-Identifier: GPL-2.0-only
// `kapitool compat kapi ARGS…`: the kernel's own tool, answered by this one.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_status.h"

namespace kapi::cli {

// The statuses are that tool's: 0 done, 1 not done, 2 wrong usage. Writes to standard output and
// standard error; throws nothing.
ExitStatus compat_kapi(const std::vector<std::string>& arguments);

}  // namespace kapi::cli
