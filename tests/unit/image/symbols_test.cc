// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "fixture.h"

namespace kapi {
namespace {

TEST_CASE("a symbol by name") {
  const auto image = Image::open(fixture_path("x86_64.exec"));
  REQUIRE(image->has_symbols());
  const auto table = image->symbol("pointer_table");
  REQUIRE(table);
  CHECK(table->name == "pointer_table");
  CHECK(table->size == 6 * 8);
  CHECK(table->binding == Binding::global);
  CHECK(table->kind == SymbolKind::object);
  CHECK(table->defined);
  const auto local = image->symbol("local_function");
  REQUIRE(local);
  CHECK(local->binding == Binding::local);
  CHECK(local->kind == SymbolKind::function);
  CHECK(!image->symbol("pointer_tabl"));
  CHECK(!image->symbol("pointer_table2"));
  CHECK(!image->symbol(""));
}

TEST_CASE("undefined symbols, file names and mapping symbols are not found") {
  CHECK(!Image::open(fixture_path("x86_64.rel"))->symbol("undefined_function"));
  for (const char* file : {"arm64.exec", "arm.exec", "x86_64.exec"}) {
    CAPTURE(file);
    const auto image = Image::open(fixture_path(file));
    CHECK(!image->symbol("pointers.c"));
    CHECK(image->symbols_with_prefix("$").empty());
  }
}

TEST_CASE("symbols by prefix come in order of address") {
  const auto image = Image::open(fixture_path("x86_64.exec"));
  const auto all = image->symbols_with_prefix("");
  CHECK(all.size() > 8);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const Symbol& a, const Symbol& b) { return a.address < b.address; }));
  const auto two = image->symbols_with_prefix("global_f");
  REQUIRE(two.size() == 1);
  CHECK(two[0].name == "global_function");
  CHECK(image->symbols_with_prefix("global_function_").empty());
}

// Renames by changing st_name: entry `to` gets the name of entry `from`.
void rename_symbol(Bytes& bytes, const std::string& from, const std::string& to) {
  const auto table = bytes.get<Elf64_Shdr>(bytes.header(".symtab"));
  const auto names = bytes.get<Elf64_Shdr>(bytes.header(".strtab"));
  const auto find = [&](const std::string& name) {
    for (size_t at = table.sh_offset; at < table.sh_offset + table.sh_size;
         at += sizeof(Elf64_Sym)) {
      const auto offset = names.sh_offset + bytes.get<Elf64_Sym>(at).st_name;
      if (name == reinterpret_cast<const char*>(bytes.span().data()) + offset) {
        return at;
      }
    }
    throw std::runtime_error("no symbol " + name);
  };
  const size_t at = find(to);
  auto entry = bytes.get<Elf64_Sym>(at);
  entry.st_name = bytes.get<Elf64_Sym>(find(from)).st_name;
  bytes.put(at, entry);
}

TEST_CASE("a global symbol comes before a local one of the same name") {
  Bytes bytes = Bytes::of("x86_64.exec");
  const uint64_t global = bytes.image()->symbol("global_function")->address;
  rename_symbol(bytes, "global_function", "local_function");
  const auto image = bytes.image();
  CHECK(image->symbol("global_function")->address == global);
  CHECK(!image->symbol("local_function"));
  CHECK(image->symbols_with_prefix("global_function").size() == 2);
}

TEST_CASE("symbols at an address come in symbol table order, and only for that address") {
  const auto image = Image::open(fixture_path("x86_64.exec"));
  const Symbol function = *image->symbol("global_function");
  const auto at = image->symbols_at(function.address);
  REQUIRE(at.size() == 1);
  CHECK(at[0].name == "global_function");
  CHECK(image->symbols_at(function.address + 1).empty());
}

TEST_CASE("threads may ask one image for the first time at once") {
  const auto image = Image::open(fixture_path("arm64.pie"));
  std::vector<std::thread> threads;
  std::vector<std::string> seen(4);
  for (size_t i = 0; i < seen.size(); i++) {
    threads.emplace_back([&, i] {
      seen[i] = image->at(image->pointer_at(table_slot(*image, 1))).cstring();
      seen[i] += image->symbols_at(image->pointer_at(table_slot(*image, 4))).at(0).name;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::string& text : seen) {
    CHECK(text == "oneglobal_function");
  }
}

}  // namespace
}  // namespace kapi
