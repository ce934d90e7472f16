// SPDX-License-Identifier: GPL-2.0-only
// Lists the differences between two corpora, within a scope. The members of each element are taken
// from the model's own lists, so a member that the model gains is compared from then on.
#pragma once

#include <vector>

#include "diff/change.h"
#include "diff/scope.h"

namespace kapi {

// The changes point into the corpora and to their names.
std::vector<Change> match(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                          const Names& old_names, const Names& new_names);

}  // namespace kapi
