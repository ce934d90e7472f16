// SPDX-License-Identifier: GPL-2.0-only
// Types that installed headers declare, beside what an image holds under their names.
#pragma once

#include "kapi/kdoc.h"
#include "kapi/model.h"

namespace kapi {

// A kernel has structs of its own that are called like ones of its headers (struct pt_regs), and
// compiles some members only for itself. So a layout that is in scope only because headers declare
// the name counts if its members are those that the headers declare. What is declared and not
// described so is in the corpus without a layout: it is part of the surface, and nothing is known
// of it. The coverage row "types" says how many these are.
void settle_declared_types(const Constants& headers, Corpus& corpus);

}  // namespace kapi
