// SPDX-License-Identifier: GPL-2.0-only
// Which element of one list is which of another.
//
// Each element has a list of keys, most specific first. Level by level, elements of equal key pair
// up in order of their appearance; what is left was removed or added. Before all levels, equal
// elements pair up. Pairing in the order of both lists makes the result the same from either side.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kapi/model.h"

namespace kapi {

struct Pairing {
  std::vector<std::pair<size_t, size_t>> pairs;  // sorted by the old index
  std::vector<size_t> removed;                   // indices into the old list
  std::vector<size_t> added;                     // indices into the new list

  // Makes partners of what was removed and added, by (old index, new index).
  void add_pairs(const std::vector<std::pair<size_t, size_t>>& more);
  // Whether the pairs stand in another order on the new side.
  bool reordered() const;
};

// Pairs lists of keys; the keys of all elements of one kind have the same length.
Pairing pair_by_keys(const std::vector<std::vector<std::string>>& old_keys,
                     const std::vector<std::vector<std::string>>& new_keys);

}  // namespace kapi
