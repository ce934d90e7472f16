// SPDX-License-Identifier: GPL-2.0-only
#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

namespace kapi::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& file, int error) {
  throw OutputError(fmt::format("{}: cannot write: {}", file == "-" ? "standard output" : file,
                                std::strerror(error)));
}

// 0, or what went wrong.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return errno;
    }
    text.remove_prefix(static_cast<size_t>(std::max<ssize_t>(written, 0)));
  }
  return 0;
}

int write_and_close(int descriptor, std::string_view text, bool to_disk) {
  int error = write_all(descriptor, text);
  if (error == 0 && to_disk && ::fsync(descriptor) != 0) {
    error = errno;
  }
  if (::close(descriptor) != 0 && error == 0) {
    error = errno;
  }
  return error;
}

mode_t creation_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// Next to the target, then in its place: whoever opens the name sees the old file or the new one.
void replace_file(const std::string& file, const fs::path& target, std::string_view text) {
  std::string temporary = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX"));
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) {
    fail(file, errno);
  }
  struct stat old = {};
  const mode_t mode = ::stat(target.c_str(), &old) == 0 ? old.st_mode & 0777 : creation_mode();
  int error = ::fchmod(descriptor, mode) == 0 ? 0 : errno;
  const int written = write_and_close(descriptor, text, true);
  error = error == 0 ? written : error;
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    ::unlink(temporary.c_str());
    fail(file, error);
  }
}

}  // namespace

void write_output(const std::string& file, std::string_view text) {
  if (file == "-") {
    if (const int error = write_all(STDOUT_FILENO, text); error != 0 && error != EPIPE) {
      fail(file, error);
    }
    return;
  }
  std::error_code ignored;
  const fs::path target = fs::weakly_canonical(file, ignored);  // a link stays a link
  const fs::file_status status = fs::status(target, ignored);
  if (!target.empty() && (!fs::exists(status) || fs::is_regular_file(status))) {
    replace_file(file, target, text);
    return;
  }
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    fail(file, errno);
  }
  if (const int error = write_and_close(descriptor, text, false); error != 0) {
    fail(file, error);
  }
}

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') &&
         terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

size_t terminal_columns(size_t otherwise) {
  struct winsize size = {};
  if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0) {
    return otherwise;
  }
  // Narrower than that nothing fits, and longer lines are hard to read.
  return std::clamp<size_t>(size.ws_col, 40, 100);
}

void complain(std::string_view message) {
  // A message that cannot be written has nobody left to be told; the exit status still says it.
  write_all(STDERR_FILENO, "kapitool: " + printable(message) + "\n");
}

void complain_of(const Corpus& corpus, const std::string& file, Level least) {
  // One bad section can make thousands: the first of a kind stands for all.
  std::map<std::pair<Level, std::string>, size_t> counts;
  for (const Diagnostic& diagnostic : corpus.diagnostics) {
    counts[{diagnostic.level, diagnostic.code}]++;
  }
  for (const Diagnostic& diagnostic : corpus.diagnostics) {
    const size_t count = std::exchange(counts[{diagnostic.level, diagnostic.code}], 0);
    if (count == 0 || diagnostic.level < least) {
      continue;
    }
    const Place place{file, diagnostic.section, diagnostic.offset};
    complain(fmt::format("{}: {}: {}{}{} [{}]{}", name(diagnostic.level), place.text(),
                         diagnostic.subject, diagnostic.subject.empty() ? "" : ": ",
                         diagnostic.message, diagnostic.code,
                         count == 1 ? "" : fmt::format(", and {} more", count - 1)));
  }
}

}  // namespace kapi::cli
