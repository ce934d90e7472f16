// SPDX-License-Identifier: GPL-2.0-only
// From the command line to a Request.
#pragma once

#include <stdexcept>

#include "cli/request.h"

namespace kapi::cli {

class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Throws UsageError.
Request parse_command_line(int argc, const char* const* argv);

}  // namespace kapi::cli
