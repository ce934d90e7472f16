// SPDX-License-Identifier: GPL-2.0-only
#include "source/file_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

namespace kapi {
namespace {

constexpr size_t kMaxDepth = 256;    // of folders in each other
constexpr unsigned kMaxThreads = 8;  // more gain nothing: the rest is the kernel's file cache

void unreadable(std::vector<Diagnostic>& diagnostics, const std::string& file, std::string why) {
  diagnostics.push_back({Level::error, "file-unreadable", "", std::move(why), file, std::nullopt});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

class Walker {
 public:
  Walker(bool (*wanted)(std::string_view), std::vector<Diagnostic>& diagnostics)
      : wanted_(wanted), diagnostics_(diagnostics) {}

  // False, with errno set, if the folder cannot be opened.
  bool walk(int parent, const std::string& name, const std::string& prefix, size_t depth) {
    const int fd = ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const std::unique_ptr<DIR, CloseFolder> folder(fd < 0 ? nullptr : ::fdopendir(fd));
    if (!folder) {
      return false;
    }
    std::vector<std::string> inner;
    while (const dirent* entry = ::readdir(folder.get())) {
      const std::string_view entry_name = entry->d_name;
      if (entry_name == "." || entry_name == "..") {
        continue;
      }
      const unsigned char type = type_of(fd, *entry);
      if (type == DT_DIR) {
        inner.emplace_back(entry_name);
      } else if (type == DT_REG && wanted_(entry_name)) {
        files_.push_back(prefix + std::string(entry_name));
      }
    }
    for (const std::string& next : inner) {
      const std::string path = prefix + next;
      if (depth >= kMaxDepth) {
        unreadable(diagnostics_, path, "the folder lies too deep");
      } else if (!walk(fd, next, path + "/", depth + 1)) {
        unreadable(diagnostics_, path, fmt::format("cannot be opened: {}", std::strerror(errno)));
      }
    }
    return true;
  }
  std::vector<std::string> take() {
    std::sort(files_.begin(), files_.end());
    return std::move(files_);
  }

 private:
  // Not every file system says it with the name.
  static unsigned char type_of(int folder, const dirent& entry) {
    struct stat status = {};
    if (entry.d_type != DT_UNKNOWN ||
        ::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      return entry.d_type;
    }
    return S_ISDIR(status.st_mode) ? DT_DIR : S_ISREG(status.st_mode) ? DT_REG : DT_UNKNOWN;
  }

  bool (*wanted_)(std::string_view);
  std::vector<Diagnostic>& diagnostics_;
  std::vector<std::string> files_;
};

// One thread's share of the reading.
class Reader {
 public:
  Reader(int folder, size_t limit) : folder_(folder), limit_(limit) {}

  // The text of a file, until the next call; nothing, with the reason, if it cannot be read.
  std::string_view read(const std::string& path, std::string& reason) {
    const Descriptor file(::openat(folder_, path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    size_t size = 0;
    for (;;) {
      if (size == buffer_.size()) {
        buffer_.resize(std::max<size_t>(size * 2, size_t{1} << 18));
      }
      const ssize_t got = ::read(file.fd(), buffer_.data() + size, buffer_.size() - size);
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got < 0) {
        reason = fmt::format("cannot be read: {}", std::strerror(errno));
        return {};
      }
      if (got == 0) {
        return {buffer_.data(), size};
      }
      size += static_cast<size_t>(got);
      if (size > limit_) {
        reason = fmt::format("holds more than {} bytes", limit_);
        return {};
      }
    }
  }

 private:
  int folder_;
  size_t limit_;
  std::vector<char> buffer_;
};

}  // namespace

std::vector<std::string> files_below(const std::string& folder, bool (*wanted)(std::string_view),
                                     std::vector<Diagnostic>& diagnostics) {
  Walker walker(wanted, diagnostics);
  // The slash: the folder that the user names may be a link to one.
  if (!walker.walk(AT_FDCWD, folder + "/", "", 0)) {
    throw InputError({folder, "", std::nullopt},
                     fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  return walker.take();
}

std::vector<std::string> files_that(const std::string& folder,
                                    const std::vector<std::string>& files,
                                    bool (*filter)(std::string_view), size_t limit,
                                    std::vector<Diagnostic>& diagnostics) {
  const Descriptor root(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::vector<char> passes(files.size());
  std::vector<std::string> reasons(files.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    constexpr size_t kShare = 64;
    Reader reader(root.fd(), limit);
    for (size_t begin = next.fetch_add(kShare); begin < files.size();
         begin = next.fetch_add(kShare)) {
      for (size_t i = begin; i < std::min(begin + kShare, files.size()); i++) {
        passes[i] = filter(reader.read(files[i], reasons[i])) ? 1 : 0;
      }
    }
  };
  const size_t useful = files.size() / 256 + 1;
  const size_t count =
      std::min<size_t>({useful, kMaxThreads, std::max(1U, std::thread::hardware_concurrency())});
  std::vector<std::thread> threads;
  for (size_t i = 1; i < count; i++) {
    threads.emplace_back(work);
  }
  work();
  for (auto& thread : threads) {
    thread.join();
  }
  std::vector<std::string> passed;
  for (size_t i = 0; i < files.size(); i++) {
    if (!reasons[i].empty()) {
      unreadable(diagnostics, files[i], reasons[i]);
    } else if (passes[i] != 0) {
      passed.push_back(files[i]);
    }
  }
  return passed;
}

}  // namespace kapi
