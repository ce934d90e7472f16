// SPDX-License-Identifier: GPL-2.0-only
// The built-in layouts against revisions.txt, which says where the compiler put each member of the
// headers as they were posted.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "spec/layout.h"

using namespace kapi;

namespace {

// What a struct or an enumeration is made of: "name@0+128", "KAPI_TYPE_INT=1"; first its size.
using Facts = std::vector<std::string>;

struct Revision {
  std::string name;
  Abi abi;
  std::map<std::string, Facts> changed;  // by "struct kapi_lock_spec"
};

Abi abi_called(const std::string& name) {
  const uint64_t pointer = name == "lp64" ? 8 : 4;
  return {
      .pointer_size = pointer, .max_alignment_of_64bit = name == "i386" ? 4U : 8U, .packed = false};
}

std::vector<Revision> read_revisions() {
  std::ifstream file(std::string(KAPI_FIXTURE_SOURCES) + "/../tests/unit/spec/revisions.txt");
  REQUIRE(file);
  std::vector<Revision> revisions;
  Facts* facts = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) {
      continue;
    }
    const bool continued = line.starts_with(' ');
    std::istringstream words(line);
    std::string word;
    if (line.starts_with("revision ")) {
      const size_t comma = line.find(", abi ");
      revisions.push_back({line.substr(9, comma - 9), abi_called(line.substr(comma + 6)), {}});
      continue;
    }
    if (!continued) {
      std::string tag;
      words >> tag >> word;
      facts = &revisions.back().changed[tag + " " + word];
    }
    while (words >> word) {
      facts->push_back(word);
    }
  }
  return revisions;
}

void add_members(const TypeGraph& graph, const RecordType& record, uint64_t base, Facts& facts) {
  for (const auto& member : record.members) {
    const uint64_t offset = base + member.bit_offset / 8;
    const auto* inner = std::get_if<RecordType>(&graph[graph.strip(member.type)]);
    if (member.name.empty() && inner != nullptr) {
      add_members(graph, *inner, offset, facts);
      continue;
    }
    facts.push_back(member.name + "@" + std::to_string(offset) + "+" +
                    std::to_string(graph.size_of(member.type)));
  }
}

// The same facts of a laid-out graph; empty if it has no such type.
Facts facts_of(const TypeGraph& graph, const std::string& declaration) {
  const bool is_struct = declaration.starts_with("struct ");
  const auto id = graph.find({is_struct ? TypeTag::structure : TypeTag::enumeration,
                              declaration.substr(declaration.find(' ') + 1)});
  Facts facts;
  if (!id) {
    return facts;
  }
  if (is_struct) {
    facts.push_back(std::to_string(graph.size_of(*id)));
    add_members(graph, std::get<RecordType>(graph[*id]), 0, facts);
  } else {
    for (const auto& enumerator : std::get<EnumType>(graph[*id]).enumerators) {
      facts.push_back(enumerator.name + "=" + std::to_string(enumerator.value));
    }
  }
  return facts;
}

const SpecLayoutTable* table_of(const std::string& revision) {
  for (const auto* table : layout_table()) {
    if (table->revision == revision) {
      return table;
    }
  }
  return nullptr;
}

}  // namespace

TEST_CASE("each built-in layout is laid out as the compiler laid out the posted header") {
  const auto revisions = read_revisions();
  std::map<std::string, Facts> known;
  std::map<std::string, size_t> checked;
  for (const auto& revision : revisions) {
    CAPTURE(revision.name);
    CAPTURE(revision.abi.pointer_size);
    for (const auto& [declaration, facts] : revision.changed) {
      known[declaration] = facts;
    }
    const auto* table = table_of(revision.name);
    REQUIRE(table != nullptr);
    const TypeGraph graph = declarations(*table, revision.abi);
    for (const auto& fact : known) {
      const std::string& declaration = fact.first;
      CAPTURE(declaration);
      const Facts found = facts_of(graph, declaration);
      // What this revision says for the first time it must have; the rest it may have given up.
      if (!found.empty() || revision.changed.contains(declaration)) {
        CHECK(found == fact.second);
        checked[revision.name]++;
      }
    }
  }
  CHECK(checked.size() == layout_table().size());
  for (const auto& of_revision : checked) {
    CAPTURE(of_revision.first);
    CHECK(of_revision.second >= 20);
  }
}

TEST_CASE("a revision gives up what it names without saying what it is") {
  const auto* second = table_of("RFC v2");
  const auto* first = table_of("RFC v1");
  REQUIRE(first != nullptr);
  REQUIRE(second != nullptr);
  CHECK_FALSE(facts_of(declarations(*first, Abi{}), "struct kapi_ioctl_spec").empty());
  CHECK(facts_of(declarations(*second, Abi{}), "struct kapi_ioctl_spec").empty());
}

TEST_CASE("meanings that no type carries") {
  struct Expected {
    const char* revision;
    SpecMeanings meanings;
  };
  const Expected all[] = {
      {"RFC v1", {}},
      {"RFC v2", {}},
      {"RFC v3", {.return_sets_error_count = true}},
      {"RFC v4", {}},
      {"RFC v5", {.inout_is_a_bit = true}},
      {"PATCH v1", {.negative_max_is_open = true, .writes_return_magic = true}},
      {"PATCH v2", {.negative_max_is_open = true, .writes_return_magic = true}},
      {"PATCH v3/v4",
       {.negative_max_is_open = true, .writes_return_magic = true, .size_param_from_one = true}}};
  for (const auto& expected : all) {
    const SpecMeanings& meanings = expected.meanings;
    CAPTURE(expected.revision);
    const auto* table = table_of(expected.revision);
    REQUIRE(table != nullptr);
    CHECK(table->meanings.inout_is_a_bit == meanings.inout_is_a_bit);
    CHECK(table->meanings.return_sets_error_count == meanings.return_sets_error_count);
    CHECK(table->meanings.negative_max_is_open == meanings.negative_max_is_open);
    CHECK(table->meanings.writes_return_magic == meanings.writes_return_magic);
    CHECK(table->meanings.size_param_from_one == meanings.size_param_from_one);
  }
}
