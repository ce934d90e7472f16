// SPDX-License-Identifier: GPL-2.0-only
#include "image/name_buckets.h"

#include <bit>
#include <functional>

namespace kapi {

uint32_t NameBuckets::hash_of(std::string_view name) {
  return static_cast<uint32_t>(std::hash<std::string_view>()(name));
}

NameBuckets::NameBuckets(const std::vector<std::pair<uint32_t, uint32_t>>& hashes) {
  const size_t buckets = std::bit_ceil(hashes.size() + 1);
  begin_.resize(buckets + 1);
  for (const auto& [hash, index] : hashes) {
    begin_[(hash & (buckets - 1)) + 1]++;
  }
  for (size_t i = 0; i < buckets; i++) {
    begin_[i + 1] += begin_[i];
  }
  std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
  symbols_.resize(hashes.size());
  for (const auto& [hash, index] : hashes) {
    symbols_[next[hash & (buckets - 1)]++] = index;
  }
}

std::span<const uint32_t> NameBuckets::candidates(std::string_view name) const {
  if (begin_.empty()) {
    return {};
  }
  const size_t bucket = hash_of(name) & (begin_.size() - 2);
  return std::span(symbols_).subspan(begin_[bucket], begin_[bucket + 1] - begin_[bucket]);
}

}  // namespace kapi
