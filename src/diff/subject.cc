// SPDX-License-Identifier: GPL-2.0-only
#include "diff/subject.h"

#include <cstddef>

namespace kapi {
namespace {

constexpr std::string_view kSyscall = "syscall/";
constexpr std::string_view kEnumeration = "enum/";

}  // namespace

bool is_type(std::string_view subject) {
  for (const std::string_view kind : {"struct/", "union/", "typedef/"}) {
    if (subject.starts_with(kind)) {
      return true;
    }
  }
  return false;
}

bool is_table_entry(std::string_view subject) {
  for (const std::string_view kind : {"cgroup/", "kfunc/", "sysctl/", "tracepoint/"}) {
    if (subject.starts_with(kind)) {
      return true;
    }
  }
  return false;
}

bool is_enumerator(std::string_view subject) { return subject.starts_with(kEnumeration); }

std::string_view root_of(std::string_view subject) {
  const bool two = is_type(subject) || is_enumerator(subject) || subject.starts_with("constant/") ||
                   is_table_entry(subject);
  size_t parts = subject.starts_with(kSyscall) ? 3 : two ? 2 : 1;
  size_t end = subject.find('/');
  while (--parts > 0 && end != subject.npos) {
    end = subject.find('/', end + 1);
  }
  return subject.substr(0, end);
}

}  // namespace kapi
