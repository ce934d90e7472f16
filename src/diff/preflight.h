// SPDX-License-Identifier: GPL-2.0-only
// What the inputs differ in themselves, read before the findings because it can explain them:
// machine, compiler, revision of the specs, configuration.
//
// Only what a reader can use is listed: what explains a finding, or has an effect that no finding
// shows. So a compiler of another version is not: nothing that is compared depends on it. A finding
// gets a cause only where the difference is sure to make it, so that nobody waves a real one
// through: a symbol of the configuration that was set and no longer is explains that the syscalls
// which need it are gone; that it is not known explains nothing.
#pragma once

#include <vector>

#include "kapi/diff.h"

namespace kapi {

struct Preflight {
  std::vector<Difference> differences;
  Compared config;  // the row of the report's coverage
};

// Names the cause of those findings that have one.
Preflight preflight(const Corpus& old_corpus, const Corpus& new_corpus,
                    std::vector<Finding>& findings);

}  // namespace kapi
