// SPDX-License-Identifier: GPL-2.0-only
#include "unpack/output.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {

std::span<std::byte> Output::room() {
  constexpr size_t kStep = size_t{256} << 10;
  if (bytes_.size() == used_) {
    bytes_.resize(used_ + std::min(kStep, limit_ - used_ + 1));
  }
  return std::span(bytes_).subspan(used_);
}

void Output::commit(size_t written, size_t consumed) {
  expect(written, consumed);
  used_ += written;
  budget_.left -= written;
}

void Output::append(std::span<const std::byte> bytes, size_t consumed) {
  expect(bytes.size(), consumed);
  bytes_.resize(used_);
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  used_ += bytes.size();
  budget_.left -= bytes.size();
}

void Output::expect(size_t size, size_t consumed) const {
  if (size > limit_ - used_) {
    budget_.left = 0;
    packed_.fail(fmt::format("unpacks to more than {} bytes", limit_));
  }
  const size_t total = used_ + size;
  if (total > kUnpackRatioFrom && total / kMaxUnpackRatio > consumed) {
    packed_.fail(fmt::format("unpacks to more than {} times its size: {} bytes come from {}",
                             kMaxUnpackRatio, total, consumed));
  }
}

std::vector<std::byte> Output::take() {
  bytes_.resize(used_);
  return std::move(bytes_);
}

}  // namespace kapi
