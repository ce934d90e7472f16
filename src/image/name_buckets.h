// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace kapi {

// Symbol indices by hash of their name, in ascending order within one bucket. Nothing is compared
// while it is built, so that crafted names cannot make that slow.
class NameBuckets {
 public:
  static uint32_t hash_of(std::string_view name);

  NameBuckets() = default;
  // Pairs of hash and index, in ascending order of index.
  explicit NameBuckets(const std::vector<std::pair<uint32_t, uint32_t>>& hashes);

  // Those that may have this name.
  std::span<const uint32_t> candidates(std::string_view name) const;

 private:
  std::vector<uint32_t> begin_;  // per bucket, into `symbols_`; one more at the end
  std::vector<uint32_t> symbols_;
};

}  // namespace kapi
