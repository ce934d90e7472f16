// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <functional>
#include <vector>

#include "diff/change.h"
#include "kapi/diff.h"

namespace kapi {

// Applies all rules to all changes; `evidence` says where in the images a change is to be seen.
// Each change yields at least one finding. Sorted, each fingerprint once.
std::vector<Finding> judge(const std::vector<Change>& changes,
                           const std::function<std::string(const Change&)>& evidence);

}  // namespace kapi
