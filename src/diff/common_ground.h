// SPDX-License-Identifier: GPL-2.0-only
// What two inputs of unlike kinds can both say. A debugfs text has no signal timing and a source
// text may give a mask by names that nobody resolved: comparing such a member with the other side's
// would invent a change. It is left out of both sides, and the report says so.
#pragma once

#include <optional>
#include <vector>

#include "kapi/diff.h"

namespace kapi {

// Refers to the corpora it was made from, or holds copies without what is left out.
class CommonGround {
 public:
  CommonGround(const Corpus& old_corpus, const Corpus& new_corpus);

  const Corpus& old_corpus() const { return old_copy_ ? *old_copy_ : *old_; }
  const Corpus& new_corpus() const { return new_copy_ ? *new_copy_ : *new_; }
  // What was left out, as rows of the report's coverage.
  const std::vector<Compared>& left_out() const { return left_out_; }

 private:
  void leave_out_omitted();
  void leave_out_unresolved();
  Corpus& old_copy();
  Corpus& new_copy();

  const Corpus* old_;
  const Corpus* new_;
  std::optional<Corpus> old_copy_;
  std::optional<Corpus> new_copy_;
  std::vector<Compared> left_out_;
};

}  // namespace kapi
