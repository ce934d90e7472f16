// SPDX-License-Identifier: GPL-2.0-only
// Asks debuginfod servers for the debug file of a build id. The library is opened when it is needed
// and no earlier: linked, it would bring libcurl and thirty libraries into every run (seven times
// the time that a program without it takes to start), and hardly one needs a server.
#pragma once

#include <string>

namespace kapi {

struct DebuginfodAnswer {
  std::string path;     // in debuginfod's cache; empty if there is none
  std::string failure;  // why, if it is not that no server has it
};

// Whether the user has named servers (DEBUGINFOD_URLS), which is debuginfod's own switch.
bool debuginfod_is_wanted();

// `build_id` is lower-case hex. Blocks until the servers answer, or DEBUGINFOD_TIMEOUT.
DebuginfodAnswer ask_debuginfod(const std::string& build_id);

}  // namespace kapi
