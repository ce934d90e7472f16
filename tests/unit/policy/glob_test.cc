// SPDX-License-Identifier: GPL-2.0-only
// Globs: held against a definition that is too slow to use but plainly right, over all short
// patterns and texts.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "kapi/policy.h"

namespace kapi {
namespace {

// The definition, by trying everything.
bool naive(std::string_view glob, std::string_view text) {
  if (glob.empty()) {
    return text.empty();
  }
  if (glob.front() == '*') {
    const bool any = glob.starts_with("**");
    const std::string_view rest = glob.substr(any ? 2 : 1);
    for (size_t taken = 0; taken <= text.size(); taken++) {
      if (naive(rest, text.substr(taken))) {
        return true;
      }
      if (!any && taken < text.size() && text[taken] == '/') {
        return false;
      }
    }
    return false;
  }
  if (text.empty()) {
    return false;
  }
  const size_t quoted = glob.front() == '\\' && glob.size() > 1 ? 1 : 0;
  const bool one = glob.front() == '?' && text.front() != '/';
  const bool same = glob[quoted] == text.front() && (quoted == 1 || glob.front() != '?');
  return (one || same) && naive(glob.substr(1 + quoted), text.substr(1));
}

std::vector<std::string> words_of(std::string_view letters, size_t length) {
  std::vector<std::string> all = {""};
  for (size_t from = 0, i = 0; i < length; i++) {
    const size_t to = all.size();
    for (; from < to; from++) {
      for (const char c : letters) {
        all.push_back(all[from] + c);
      }
    }
  }
  return all;
}

TEST_CASE("a star stays in its segment, two stars do not") {
  CHECK(glob_matches("sys_open", "sys_open"));
  CHECK_FALSE(glob_matches("sys_open", "sys_openat"));
  CHECK_FALSE(glob_matches("sys_open", "sys_open/params/flags"));
  CHECK(glob_matches("sys_open*", "sys_openat"));
  CHECK_FALSE(glob_matches("sys_open*", "sys_open/params/flags"));
  CHECK(glob_matches("sys_open/*/flags", "sys_open/params/flags"));
  CHECK(glob_matches("sys_open/**", "sys_open/params/flags"));
  CHECK(glob_matches("**/errors/*", "sys_open/errors/ELOOP"));
  CHECK(glob_matches("syscall/*/open?at", "syscall/ia32/open2at"));
  CHECK_FALSE(glob_matches("syscall/?a32", "syscall//a32"));
  CHECK(glob_matches("a\\*b", "a*b"));
  CHECK_FALSE(glob_matches("a\\*b", "axb"));
  CHECK(glob_matches("a\\", "a\\"));
  CHECK(glob_matches("", ""));
  CHECK_FALSE(glob_matches("", "a"));
}

TEST_CASE("globs match what their definition matches") {
  size_t matched = 0;
  const std::vector<std::string> texts = words_of("a/*", 4);
  for (const std::string& glob : words_of("a/*?\\", 5)) {
    for (const std::string& text : texts) {
      const bool expected = naive(glob, text);
      matched += expected ? 1 : 0;
      if (glob_matches(glob, text) != expected) {
        FAIL("glob " << glob << " on " << text << ": expected " << expected);
      }
    }
  }
  CHECK(matched > 10000);
}

TEST_CASE("a glob that is made to take long does not") {
  std::string glob;
  for (int i = 0; i < 1000; i++) {
    glob += "*a**?";
  }
  CHECK_FALSE(glob_matches(glob + "b", std::string(3000, 'a')));
}

}  // namespace
}  // namespace kapi
