// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "kapi/base.h"

namespace kapi {
namespace {

// A file of that content which is gone at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : path_(std::filesystem::temp_directory_path() /
              ("kapi_file_test." + std::to_string(::getpid()))) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string error_of(const std::string& path, size_t limit) {
  try {
    read_file(path, limit);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("a file is read whole or not at all") {
  const std::string content(100'000, 'x');
  const TemporaryFile file(content + "end");
  CHECK(read_file(file.path(), content.size() + 3) == content + "end");
  CHECK(error_of(file.path(), content.size() + 2) ==
        file.path() + ": holds more than 100002 bytes");
  CHECK(read_head(file.path(), 5) == "xxxxx");
  CHECK(read_head(file.path(), 1 << 20) == content + "end");
}

TEST_CASE("what is no file is refused with its path") {
  CHECK(error_of("/", 1).starts_with("/: is a directory"));
  CHECK(error_of("/dev/null", 1) == "/dev/null: is not a regular file");
  CHECK(error_of("/nonexistent/a", 1).starts_with("/nonexistent/a: cannot be opened: No such"));
}

}  // namespace
}  // namespace kapi
