// SPDX-License-Identifier: GPL-2.0-only
// What comes out of a decoder: grows with what really comes, and is held against the limits.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kapi/unpack.h"

namespace kapi {

class Output {
 public:
  // `packed` stands where the stream begins: the place of all refusals.
  Output(const Cursor& packed, UnpackBudget& budget)
      : packed_(packed), budget_(budget), limit_(budget.left) {}

  // Where the next bytes go; never empty, as one byte more than the limit allows may come, which
  // tells a stream that ends there from one that does not.
  std::span<std::byte> room();
  // That many bytes of the room are used, from `consumed` packed bytes in all. Throws InputError
  // if that is more than the limits allow.
  void commit(size_t written, size_t consumed);
  // The same for bytes that lie elsewhere.
  void append(std::span<const std::byte> bytes, size_t consumed);
  // Throws as commit() would if so many bytes more came from `consumed` packed bytes.
  void expect(size_t size, size_t consumed) const;

  size_t size() const { return used_; }
  std::vector<std::byte> take();

 private:
  const Cursor& packed_;
  UnpackBudget& budget_;
  size_t limit_;  // what the budget was
  size_t used_ = 0;
  std::vector<std::byte> bytes_;  // those used, and the room behind them
};

}  // namespace kapi
