// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "kapi/base.h"

namespace kapi {
namespace {

// A descriptor of a regular file that closes itself.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
    struct stat status = {};
    if (fd_ < 0 || ::fstat(fd_, &status) != 0) {
      const int error = errno;
      close();
      fail(fmt::format("cannot be opened: {}", std::strerror(error)));
    }
    if (!S_ISREG(status.st_mode)) {
      close();
      fail(S_ISDIR(status.st_mode) ? "is a directory, expected a file" : "is not a regular file");
    }
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { close(); }

  // Up to `limit` bytes from where the last call ended.
  std::string read(size_t limit) const {
    std::string text;
    char buffer[64 * 1024];
    while (text.size() < limit) {
      const ssize_t size = ::read(fd_, buffer, std::min(sizeof buffer, limit - text.size()));
      if (size < 0 && errno != EINTR) {
        fail(fmt::format("cannot be read: {}", std::strerror(errno)));
      }
      if (size == 0) {
        break;
      }
      if (size > 0) {
        text.append(buffer, static_cast<size_t>(size));
      }
    }
    return text;
  }
  [[noreturn]] void fail(std::string reason) const {
    throw InputError({path_, "", std::nullopt}, std::move(reason));
  }

 private:
  void close() {
    if (fd_ >= 0) {
      ::close(fd_);
      fd_ = -1;
    }
  }

  const std::string& path_;
  int fd_;
};

}  // namespace

std::string read_file(const std::string& path, size_t limit) {
  const OpenFile file(path);
  std::string text = file.read(limit);
  if (!file.read(1).empty()) {
    file.fail(fmt::format("holds more than {} bytes", limit));
  }
  return text;
}

std::string read_head(const std::string& path, size_t limit) { return OpenFile(path).read(limit); }

}  // namespace kapi
