// SPDX-License-Identifier: GPL-2.0-only
#include "diff/pairing.h"

#include <set>

namespace kapi {
namespace {

using Keys = std::vector<std::vector<std::string>>;

void pair_level(const Keys& old_keys, const Keys& new_keys, size_t level, Pairing& pairing) {
  std::map<std::string_view, std::vector<size_t>> waiting;  // old indices, first one last
  for (auto index = pairing.removed.rbegin(); index != pairing.removed.rend(); ++index) {
    waiting[old_keys[*index][level]].push_back(*index);
  }
  std::vector<bool> taken(old_keys.size());
  std::vector<size_t> added;
  for (const size_t index : pairing.added) {
    const auto found = waiting.find(new_keys[index][level]);
    if (found == waiting.end() || found->second.empty()) {
      added.push_back(index);
      continue;
    }
    const size_t partner = found->second.back();
    found->second.pop_back();
    taken[partner] = true;
    pairing.pairs.emplace_back(partner, index);
  }
  pairing.added = std::move(added);
  pairing.removed.erase(std::remove_if(pairing.removed.begin(), pairing.removed.end(),
                                       [&](size_t index) { return taken[index]; }),
                        pairing.removed.end());
}

}  // namespace

void Pairing::add_pairs(const std::vector<std::pair<size_t, size_t>>& more) {
  std::set<size_t> old_indices;
  std::set<size_t> new_indices;
  for (const auto& [old_index, new_index] : more) {
    old_indices.insert(old_index);
    new_indices.insert(new_index);
  }
  const auto erase = [](std::vector<size_t>& from, const std::set<size_t>& what) {
    from.erase(std::remove_if(from.begin(), from.end(),
                              [&](size_t index) { return what.count(index) != 0; }),
               from.end());
  };
  erase(removed, old_indices);
  erase(added, new_indices);
  pairs.insert(pairs.end(), more.begin(), more.end());
  std::sort(pairs.begin(), pairs.end());
}

bool Pairing::reordered() const {
  return !std::is_sorted(pairs.begin(), pairs.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
}

Pairing pair_by_keys(const Keys& old_keys, const Keys& new_keys) {
  Pairing pairing;
  for (size_t i = 0; i < old_keys.size(); i++) {
    pairing.removed.push_back(i);
  }
  for (size_t i = 0; i < new_keys.size(); i++) {
    pairing.added.push_back(i);
  }
  const size_t levels = old_keys.empty() ? 0 : old_keys.front().size();
  for (size_t level = 0; level < levels && !pairing.removed.empty() && !pairing.added.empty();
       level++) {
    pair_level(old_keys, new_keys, level, pairing);
  }
  std::sort(pairing.pairs.begin(), pairing.pairs.end());
  return pairing;
}

}  // namespace kapi
