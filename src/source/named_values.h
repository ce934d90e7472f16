// SPDX-License-Identifier: GPL-2.0-only
// The names by which findings tell the values of a corpus.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "kapi/model.h"

namespace kapi {

using NamedValues = std::vector<std::pair<std::string, int64_t>>;

// Adds to the corpus the constants of all families that its specs' constraints may be told by.
// `members` gives those of a ConstantFamily::group.
void name_values(Corpus& corpus,
                 const std::function<NamedValues(const std::string& group)>& members);

}  // namespace kapi
