// SPDX-License-Identifier: GPL-2.0-only
// Bytes as a file that has no name, for libraries that read nothing else.
#pragma once

#include <cstddef>
#include <span>

namespace kapi {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// A descriptor of the file, which lives in memory only; -1, with errno set, if there is none.
int memory_file(std::span<const std::byte> bytes);

}  // namespace kapi
