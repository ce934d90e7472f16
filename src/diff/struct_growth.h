// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "diff/change.h"

namespace kapi {

// Whether the struct of one side is that of the other with more at its end, and programs tell the
// kernel which of the two they mean: by a parameter that holds the size, or by a first field
// `size`.
bool extends(const Side& shorter, const Side& longer);

}  // namespace kapi
