// SPDX-License-Identifier: GPL-2.0-only
// The names by which findings tell the values of a corpus.
#pragma once

#include <functional>

#include "kapi/kdoc.h"
#include "kapi/model.h"

namespace kapi {

// Adds to the corpus the constants of all families that its specs' constraints may be told by. Asks
// for the constants only if there is such a family.
void name_values(Corpus& corpus, const std::function<Constants()>& constants);

}  // namespace kapi
