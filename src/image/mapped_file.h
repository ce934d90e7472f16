// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace kapi {

// A regular file mapped read-only for as long as this lives, so that only pages somebody reads are
// loaded. A file that is cut short while it is mapped raises SIGBUS on a read past its new end:
// whoever writes images must replace them, not rewrite them in place, as package managers do.
class MappedFile {
 public:
  // Throws InputError if the path cannot be opened or is not a regular file. An empty file maps to
  // no bytes.
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace kapi
