// SPDX-License-Identifier: GPL-2.0-only
// What of two corpora can be compared, from what each says of its own completeness. Nothing that
// could not be read may ever read as "no change".
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kapi/diff.h"

namespace kapi {

// How one kind of fact is compared.
struct FactScope {
  bool compared = false;
  // One side was read in part only, so that what it lacks may exist.
  bool old_partial = false;
  bool new_partial = false;
};

struct Scope {
  FactScope specs;
  // One side declares specs and the other none at all: it has no spec section, or an empty one, as
  // a kernel has whose configuration leaves the specs out.
  bool specs_lost = false;
  bool specs_gained = false;
  std::map<std::string, FactScope> syscalls;    // by ABI
  std::map<std::string, FactScope> signatures;  // by ABI
  // Syscall ABIs that one side has and the other has not: both sides are kernels whose symbols were
  // read, and the other has neither the table nor a function of the ABI.
  std::set<std::string> abis_removed;
  std::set<std::string> abis_added;
  FactScope code;
  FactScope types;
  FactScope enumerators;
  FactScope constants;  // macros of installed headers
  // "sysctls", "cgroup_files", "tracepoints", "kfuncs".
  std::map<std::string, FactScope> tables;
  // Subjects ("sys_open") that either side could not read completely.
  std::set<std::string> unreadable;

  // One row per fact that either side knows of, sorted by fact.
  std::vector<Compared> coverage;

  // Whether there is anything to compare, or something to say about its absence.
  bool comparable() const;
};

Scope scope_of(const Corpus& old_corpus, const Corpus& new_corpus);

}  // namespace kapi
