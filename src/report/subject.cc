// SPDX-License-Identifier: GPL-2.0-only
// From what a user types to what the corpus calls it.
#include <algorithm>
#include <set>
#include <utility>

#include "kapi/report.h"
#include "report/table_entries.h"

namespace kapi {
namespace {

constexpr std::string_view kPrefix = "sys_";

std::string_view without_prefix(std::string_view name) {
  if (const size_t at = name.find(kPrefix); name.starts_with("__") && at != name.npos) {
    name.remove_prefix(at);  // "__x64_sys_openat"
  }
  if (name.starts_with(kPrefix)) {
    name.remove_prefix(kPrefix.size());
  }
  return name;
}

// Edits that turn one name into the other: a character more, less or other, or two swapped.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before;  // rows of the table of distances between beginnings of a and b
  std::vector<size_t> last;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j < row.size(); j++) {
    row[j] = j;
  }
  for (size_t i = 1; i <= a.size(); i++) {
    before = std::exchange(last, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); j++) {
      const size_t other = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row.back();
}

}  // namespace

Match find_subject(const Corpus& corpus, std::string_view name) {
  if (Match entry; find_table_entry(corpus, name, entry)) {
    return entry;
  }
  std::string_view abi;
  constexpr std::string_view kSyscall = "syscall/";
  if (name.starts_with(kSyscall)) {
    name.remove_prefix(kSyscall.size());
    abi = name.substr(0, name.find('/'));
    name.remove_prefix(std::min(name.size(), abi.size() + 1));
  }
  name = name.substr(0, name.find('/'));
  const std::string_view bare = without_prefix(name);

  Match match;
  for (const Api& api : corpus.apis) {
    const bool exact = api.name == name;
    const bool prefixed = api.name.starts_with(kPrefix) && without_prefix(api.name) == bare;
    if (abi.empty() && (exact || (prefixed && match.api == nullptr))) {
      match.api = &api;
      match.name = api.name;
    }
  }
  for (const Syscall& syscall : corpus.syscalls) {
    const bool same = syscall.name == bare || syscall.name == name || syscall.entry == name;
    if (same && (abi.empty() || syscall.abi == abi)) {
      match.syscalls.push_back(&syscall);
    }
  }
  if (match.name.empty() && !match.syscalls.empty()) {
    match.name = match.syscalls.front()->name;
  }
  return match;
}

std::vector<std::string> subject_names(const Corpus& corpus) {
  std::set<std::string> names;
  for (const Api& api : corpus.apis) {
    names.insert(api.name);
  }
  for (const Syscall& syscall : corpus.syscalls) {
    if (names.count(std::string(kPrefix) + syscall.name) == 0) {
      names.insert(syscall.name);
    }
  }
  for (std::string& name : table_entry_names(corpus)) {
    names.insert(std::move(name));
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> closest_names(std::string_view name, std::vector<std::string> names) {
  constexpr size_t kLongest = 64;  // beyond that it is no slip of the finger
  constexpr size_t kMost = 3;
  const std::string_view bare = without_prefix(name).substr(0, kLongest);
  const size_t allowed = std::max<size_t>(1, bare.size() / 3);

  std::vector<std::pair<size_t, std::string>> ranked;
  for (std::string& candidate : names) {
    const std::string_view other = without_prefix(candidate).substr(0, kLongest);
    const size_t edits = distance(bare, other);
    const bool begins = bare.size() >= 3 && other.starts_with(bare);
    if (edits <= allowed || begins) {
      ranked.emplace_back(edits, std::move(candidate));
    }
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> closest;
  for (size_t i = 0; i < std::min(kMost, ranked.size()); i++) {
    closest.push_back(std::move(ranked[i].second));
  }
  return closest;
}

}  // namespace kapi
