// SPDX-License-Identifier: GPL-2.0-only
#include "source/debuginfod.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace kapi {
namespace {

// The interface of libdebuginfod.so.1, which has been stable since elfutils 0.178
// (debuginfod_find_debuginfo(3)).
constexpr const char* kLibrary = "libdebuginfod.so.1";
struct Client;
using Begin = Client* (*)();
using End = void (*)(Client*);
using FindDebuginfo = int (*)(Client*, const unsigned char* build_id, int length, char** path);

struct Library {
  void* handle = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  Begin begin = function<Begin>("debuginfod_begin");
  End end = function<End>("debuginfod_end");
  FindDebuginfo find_debuginfo = function<FindDebuginfo>("debuginfod_find_debuginfo");

  bool complete() const { return begin != nullptr && end != nullptr && find_debuginfo != nullptr; }

 private:
  template <class Function>
  Function function(const char* name) const {
    return handle == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(handle, name));
  }
};

}  // namespace

bool debuginfod_is_wanted() {
  const char* urls = std::getenv("DEBUGINFOD_URLS");
  return urls != nullptr && urls[std::strspn(urls, " ")] != '\0';
}

DebuginfodAnswer ask_debuginfod(const std::string& build_id) {
  static const Library kOpened;  // never closed: libcurl does not survive that
  if (!kOpened.complete()) {
    return {"", fmt::format("{} is not installed", kLibrary)};
  }
  const std::unique_ptr<Client, End> client(kOpened.begin(), kOpened.end);
  if (!client) {
    return {"", "its client cannot be started"};
  }
  char* path = nullptr;
  // Length 0: the id is text, in hexadecimal.
  const int file = kOpened.find_debuginfo(
      client.get(), reinterpret_cast<const unsigned char*>(build_id.c_str()), 0, &path);
  const std::unique_ptr<char, decltype(&std::free)> owned(path, std::free);
  if (file >= 0) {
    close(file);
    return {path, ""};
  }
  return {"", file == -ENOENT ? "" : std::strerror(-file)};
}

}  // namespace kapi
