// SPDX-License-Identifier: GPL-2.0-only
// What of the surface is no syscall. `where` says which corpora, and no subject yet.
#pragma once

#include <vector>

#include "diff/match_members.h"
#include "diff/scope.h"

namespace kapi {

void match_types(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                 const Where& where, std::vector<Change>& out);
void match_constants(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                     const Where& where, std::vector<Change>& out);

}  // namespace kapi
