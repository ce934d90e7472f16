// SPDX-License-Identifier: GPL-2.0-only
// What the rules about accepted flags and values have in common.
#pragma once

#include "diff/change.h"

namespace kapi {

// Whether both kernels have a spec of the syscall, and it is the same: what the code accepts more
// was not written down.
bool is_specified(const Change& change);

}  // namespace kapi
