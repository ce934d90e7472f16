// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "cli/exit_status.h"
#include "cli/request.h"

namespace kapi::cli {

// kapitool waive: adds an entry to the policy file. Throws if it is not added.
ExitStatus waive(const Request& request);

}  // namespace kapi::cli
