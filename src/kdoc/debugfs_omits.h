// SPDX-License-Identifier: GPL-2.0-only
// What each form that debugfs prints cannot say, by what the printed spec shows of its revision.
#pragma once

#include <string>
#include <vector>

namespace kapi {

struct DebugfsTextTraits {
  bool rfc = false;            // RFC v4 or earlier
  bool no_late_lists = false;  // before PATCH v1: no side effects, transitions, capabilities
};
std::vector<std::string> debugfs_text_omits(const DebugfsTextTraits& traits);

struct DebugfsJsonTraits {
  bool capabilities = true;  // since RFC v2
  bool late_lists = true;    // constraints, signals, side effects: since PATCH v3
  bool typed = false;        // RFC v2: ioctl and sysfs specs
};
std::vector<std::string> debugfs_json_omits(const DebugfsJsonTraits& traits);

// The paths that both omit: of "params.constraint" and "params.constraint.values" the longer one.
std::vector<std::string> common_omits(const std::vector<std::string>& a,
                                      const std::vector<std::string>& b);

}  // namespace kapi
