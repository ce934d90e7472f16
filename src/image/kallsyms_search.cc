// SPDX-License-Identifier: GPL-2.0-only
#include "image/kallsyms_search.h"

#include <algorithm>

namespace kapi {
namespace {

constexpr size_t kMaxLooks = 16;

}  // namespace

bool KallsymsSearch::is_exhausted(size_t looks, size_t bytes) {
  return looks / kMaxLooks > bytes + kMaxKallsymsName;
}

void KallsymsSearch::look(size_t count) {
  looks_ += count;
  if (is_exhausted(looks_, bytes_.size())) {
    fail(tables_.token_table, "too much in the image looks like kallsyms tables, and is none");
  }
}

bool KallsymsSearch::is_padding(size_t from, size_t to) const {
  const auto bytes = bytes_.span();
  return from <= to && to - from < tables_.word &&
         std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                     bytes.begin() + static_cast<std::ptrdiff_t>(to),
                     [](std::byte each) { return each == std::byte{0}; });
}

void KallsymsSearch::fail(size_t place, std::string reason) const {
  bytes_.window(place).fail(std::move(reason),
                            "its symbols are not used: name the vmlinux of the same build");
}

}  // namespace kapi
