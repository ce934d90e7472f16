// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "random_corpus.h"

namespace kapi {
namespace {

template <class T>
void shuffle_lists(T& value, std::mt19937_64& random);

template <class T>
void shuffle_list(std::string_view name, std::vector<T>& list, std::mt19937_64& random) {
  if constexpr (Record<T>) {
    for (T& element : list) {
      shuffle_lists(element, random);
    }
  }
  if (!is_ordered(name)) {
    std::shuffle(list.begin(), list.end(), random);
  }
}

template <class T>
void shuffle_lists(T& value, std::mt19937_64& random) {
  if constexpr (Maybe<T>) {
    if (value) {
      shuffle_lists(*value, random);
    }
  } else if constexpr (Record<T>) {
    visit_members(value, [&](std::string_view name, auto& member) {
      if constexpr (List<std::remove_cvref_t<decltype(member)>>) {
        shuffle_list(name, member, random);
      } else {
        shuffle_lists(member, random);
      }
    });
  }
}

TEST_CASE("any order of a corpus has one canonical form") {
  std::mt19937_64 random(7);
  int moved = 0;
  for (uint64_t seed = 0; seed < 200; seed++) {
    Corpus corpus = CorpusFiller(seed, seed % 4 == 0).corpus();
    Corpus shuffled = corpus;
    shuffle_lists(shuffled, random);
    canonicalise(corpus);
    if (shuffled != corpus) {
      moved++;
    }
    canonicalise(shuffled);
    REQUIRE(shuffled == corpus);
    canonicalise(shuffled);
    REQUIRE(shuffled == corpus);
  }
  CHECK(moved > 150);
}

template <class T, class Key>
auto keys(const std::vector<T>& list, Key key) {
  std::vector<std::remove_cvref_t<decltype(key(list[0]))>> keys;
  for (const T& element : list) {
    keys.push_back(key(element));
  }
  return keys;
}

using Strings = std::vector<std::string>;
using Integers = std::vector<int64_t>;
const auto kName = [](const auto& element) { return element.name; };

Error error(std::string name, int64_t code) {
  Error error;
  error.name = std::move(name);
  error.code = code;
  return error;
}

TEST_CASE("an API: sets are sorted, sequences are kept, duplicates stay") {
  Corpus corpus;
  Api& api = corpus.apis.emplace_back();
  api.name = "sys_b";
  api.contexts = {"sleepable", "process"};
  api.params.resize(2);
  api.params[0].name = "fd";
  api.params[1].name = "buf";
  api.params[1].flags = {"out", "const"};
  api.params[1].constraint.emplace().values = {10, -3, 9};
  api.return_.emplace().error_values = {-9, -11};
  api.errors = {error("EINVAL", -22), error("EAGAIN", -11), error("EINVAL", -23),
                error("EAGAIN", -11)};
  api.structs.resize(2);
  api.structs[0].name = "zone";
  api.structs[0].fields.resize(2);
  api.structs[0].fields[0].name = "y";
  api.structs[0].fields[1].name = "x";
  api.structs[1].name = "area";
  api.state_transitions.resize(2);
  api.state_transitions[0].object = "file";
  api.state_transitions[1].object = "dentry";
  corpus.apis.emplace_back().name = "sys_a";
  canonicalise(corpus);

  CHECK(keys(corpus.apis, kName) == Strings{"sys_a", "sys_b"});
  const Api& sorted = corpus.apis[1];
  CHECK(sorted.contexts == Strings{"process", "sleepable"});
  CHECK(keys(sorted.params, kName) == Strings{"fd", "buf"});
  CHECK(sorted.params[1].flags == Strings{"const", "out"});
  CHECK(sorted.params[1].constraint->values == Integers{-3, 9, 10});
  CHECK(sorted.return_->error_values == Integers{-11, -9});
  CHECK(keys(sorted.errors, kName) == Strings{"EAGAIN", "EAGAIN", "EINVAL", "EINVAL"});
  CHECK(sorted.errors[2].code == -23);
  CHECK(keys(sorted.structs, kName) == Strings{"area", "zone"});
  CHECK(keys(sorted.structs[1].fields, kName) == Strings{"y", "x"});
  CHECK(sorted.state_transitions[0].object == "file");
}

Syscall syscall(std::string abi, uint64_t number, std::string name) {
  Syscall syscall;
  syscall.abi = std::move(abi);
  syscall.number = number;
  syscall.name = std::move(name);
  return syscall;
}

TEST_CASE("syscalls by ABI and number, an alias after its number's first name") {
  Corpus corpus;
  corpus.syscalls = {syscall("x86_64", 2, "open"), syscall("ia32", 10, "unlink"),
                     syscall("x86_64", 10, "mprotect"), syscall("ia32", 9, "link"),
                     syscall("x86_64", 2, "creat")};
  canonicalise(corpus);
  CHECK(keys(corpus.syscalls, kName) == Strings{"link", "unlink", "creat", "open", "mprotect"});
}

Diagnostic diagnostic(std::string section, std::optional<uint64_t> offset, std::string code) {
  Diagnostic diagnostic;
  diagnostic.section = std::move(section);
  diagnostic.offset = offset;
  diagnostic.code = std::move(code);
  return diagnostic;
}

TEST_CASE("diagnostics by place") {
  Corpus corpus;
  corpus.diagnostics = {diagnostic(".rodata", 0x100, "d"), diagnostic(".rodata", 0x20, "c"),
                        diagnostic(".rodata", std::nullopt, "b"), diagnostic("", 0x500, "a"),
                        diagnostic(".rodata", 0x100, "a")};
  corpus.diagnostics[0].level = Level::note;
  canonicalise(corpus);
  CHECK(keys(corpus.diagnostics, [](const Diagnostic& d) { return d.code; }) ==
        Strings{"a", "b", "c", "a", "d"});
  CHECK(!corpus.diagnostics[1].offset);
}

TEST_CASE("provenance by subject, coverage by fact") {
  Corpus corpus;
  corpus.source.origins.resize(2);
  corpus.source.origins[0].subject = "sys_open";
  corpus.source.origins[1].subject = "sys_close";
  corpus.coverage.resize(2);
  corpus.coverage[0].fact = "syscalls/x86_64";
  corpus.coverage[1].fact = "specs";
  corpus.coverage[1].read = 5;
  canonicalise(corpus);
  CHECK(corpus.source.origins[0].subject == "sys_close");
  CHECK(corpus.coverage[0].fact == "specs");
  REQUIRE(find_coverage(corpus, "specs") != nullptr);
  CHECK(find_coverage(corpus, "specs")->read == 5);
  CHECK(find_coverage(corpus, "syscalls") == nullptr);
}

}  // namespace
}  // namespace kapi
