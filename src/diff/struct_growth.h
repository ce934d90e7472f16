// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "diff/change.h"

namespace kapi {

// Whether the struct of one side is that of the other with more at its end, and programs tell the
// kernel which of the two they mean: by a parameter that holds the size, or by a first field
// `size`.
bool extends(const Side& shorter, const Side& longer);
// The same of a change, of a layout or of a spec: that it is what the new side did to the old one's
// struct, or the old side would have to do to the new one's.
bool is_extended(const Change& change);
bool is_truncated(const Change& change);

}  // namespace kapi
