// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "sample.h"

using namespace kapi;

namespace {

Corpus sample() {
  Corpus corpus;
  corpus.apis = {{.name = "sys_open", .kind = "syscall"}, {.name = "vfs_open", .kind = "function"}};
  corpus.syscalls = {
      {.name = "open", .abi = "ia32", .number = 5, .entry = "__ia32_compat_sys_open"},
      {.name = "open", .abi = "x86_64", .number = 2, .entry = "__x64_sys_open"},
      {.name = "openat", .abi = "x86_64", .number = 257, .entry = "__x64_sys_openat"},
      {.name = "openat2", .abi = "x86_64", .number = 437, .entry = "__x64_sys_openat2"},
  };
  return corpus;
}

}  // namespace

TEST_CASE("a syscall is found by every name it goes by") {
  const Corpus corpus = sample();
  for (const char* name : {"open", "sys_open", "sys_open/params/flags"}) {
    CAPTURE(name);
    const Match match = find_subject(corpus, name);
    CHECK(match.name == "sys_open");
    CHECK(match.api == &corpus.apis[0]);
    CHECK(match.syscalls.size() == 2);
  }
  for (const char* name : {"openat", "sys_openat", "__x64_sys_openat", "syscall/x86_64/openat"}) {
    CAPTURE(name);
    const Match match = find_subject(corpus, name);
    CHECK(match.name == "openat");
    CHECK(match.api == nullptr);
    REQUIRE(match.syscalls.size() == 1);
    CHECK(match.syscalls[0]->number == 257);
  }
}

TEST_CASE("an ABI narrows the search, and the symbol of a table entry is a name") {
  const Corpus corpus = sample();
  CHECK(find_subject(corpus, "syscall/ia32/open").syscalls.size() == 1);
  CHECK(find_subject(corpus, "syscall/ia32/open").api == nullptr);
  CHECK_FALSE(find_subject(corpus, "syscall/ia32/openat").found());
  CHECK_FALSE(find_subject(corpus, "").found());
  CHECK_FALSE(find_subject(corpus, "syscall/").found());
}

TEST_CASE("an exact name wins over one that differs by its prefix") {
  Corpus corpus;
  corpus.apis = {{.name = "open"}, {.name = "sys_open"}};
  CHECK(find_subject(corpus, "open").name == "open");
  CHECK(find_subject(corpus, "sys_open").name == "sys_open");
}

TEST_CASE("slips are understood, and strangers are not") {
  const auto names = subject_names(sample());
  CHECK(names == std::vector<std::string>{"openat", "openat2", "sys_open", "vfs_open"});
  CHECK(closest_names("opnat", names).front() == "openat");
  CHECK(closest_names("opne", names) == std::vector<std::string>{"sys_open"});
  CHECK(closest_names("sys_openta", names).size() <= 3);
  CHECK(closest_names("mount", names).empty());
  CHECK(closest_names(std::string(100000, 'o'), names).empty());
}
