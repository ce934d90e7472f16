// SPDX-License-Identifier: GPL-2.0-only
#include "types/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace kapi {

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    close(fd_);
  }
}

int memory_file(std::span<const std::byte> bytes) {
  const int fd = memfd_create("kapi-image", MFD_CLOEXEC);
  while (fd >= 0 && !bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      close(fd);
      return -1;
    }
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return fd;
}

}  // namespace kapi
