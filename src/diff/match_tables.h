// SPDX-License-Identifier: GPL-2.0-only
// What of an image's static tables changed. `where` says which corpora, and no subject yet.
#pragma once

#include <vector>

#include "diff/match_members.h"
#include "diff/scope.h"

namespace kapi {

void match_sysctls(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                   const Where& where, std::vector<Change>& out);
void match_cgroup_files(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                        const Where& where, std::vector<Change>& out);
void match_tracepoints(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                       const Where& where, std::vector<Change>& out);
void match_kfuncs(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                  const Where& where, std::vector<Change>& out);

// The scope of one of these facts.
FactScope table_scope(const Scope& scope, const char* fact);
// `where` with its subject, which is a root.
Where table_entry(const Where& where, std::string subject);
// Adds a change with its texts; a member if it is one of an element that both sides have.
Change& add_change(const Where& where, Element element, Action action, const std::string& name,
                   std::string_view member, std::string before, std::string after,
                   std::vector<Change>& out);

}  // namespace kapi
