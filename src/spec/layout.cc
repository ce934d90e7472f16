// SPDX-License-Identifier: GPL-2.0-only
#include "spec/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace kapi {
namespace {

const TypeName kSpec{TypeTag::structure, "kernel_api_spec"};

// The text of each declaration by its tag and name, "struct kapi_lock_spec".
using Declarations = std::map<std::string_view, std::string_view>;

void collect(const SpecLayoutTable& table, Declarations& out) {
  if (table.base != nullptr) {
    collect(*table.base, out);
  }
  std::string_view rest = table.text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const size_t tag = line.find(' ');
    if (tag == line.npos) {
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      continue;
    }
    const std::string_view name = line.substr(0, line.find(' ', tag + 1));
    constexpr std::string_view kEnd = "\n}\n";
    const size_t size = line.ends_with('{') ? rest.find(kEnd) + kEnd.size() : line.size() + 1;
    if (line.ends_with('{')) {
      out[name] = rest.substr(0, size);
    } else {
      out.erase(name);
    }
    rest.remove_prefix(std::min(size, rest.size()));
  }
}

// The members of each struct in any revision.
const std::map<std::string, std::set<std::string>>& known_members() {
  static const auto kMembers = [] {
    std::map<std::string, std::set<std::string>> members;
    for (const auto* table : layout_table()) {
      const TypeGraph graph = declarations(*table, Abi{});
      for (TypeId id = 0; id < graph.size(); id++) {
        if (const auto* record = std::get_if<RecordType>(&graph[id])) {
          for (const auto& member : record->members) {
            members[record->name].insert(member.name);
          }
        }
      }
    }
    // What a kernel holds in place is a member of the spec itself.
    const auto network = members["kapi_network"];
    members["kernel_api_spec"].insert(network.begin(), network.end());
    return members;
  }();
  return kMembers;
}

}  // namespace

Abi abi_of(const Image& image) {
  // A 64-bit integer is aligned to 8 bytes by every kernel ABI but i386's.
  return {.pointer_size = image.bits() / 8,
          .max_alignment_of_64bit = image.arch() == Arch::i386 ? 4U : 8U,
          .packed = false};
}

const SpecLayoutTable& newest_table() {
  const auto tables = layout_table();
  return **std::max_element(tables.begin(), tables.end(),
                            [](const auto* a, const auto* b) { return a->posted < b->posted; });
}

TypeGraph declarations(const SpecLayoutTable& table, const Abi& abi) {
  Declarations all;
  collect(table, all);
  std::string text;
  for (const auto& [name, declaration] : all) {
    text += declaration;
  }
  return TypeGraph::parse(text, abi);
}

SpecLayout layout_of(const SpecLayoutTable& table, const Abi& abi) {
  SpecLayout layout;
  layout.graph = declarations(table, abi);
  layout.spec = layout.graph.find(kSpec).value_or(0);
  layout.from = fmt::format("the built-in table of {}", table.revision);
  layout.table = &table;
  return layout;
}

bool has_pointers(const SpecLayout& layout) {
  const auto name = find_member(layout.graph, layout.spec, "name");
  return name && std::holds_alternative<PointerType>(layout.graph[layout.graph.strip(name->type)]);
}

std::vector<std::string> unknown_members(const SpecLayout& layout) {
  std::vector<std::string> unknown;
  for (TypeId id = 0; id < layout.graph.size(); id++) {
    const auto* record = std::get_if<RecordType>(&layout.graph[id]);
    if (record == nullptr || record->is_union) {
      continue;
    }
    const auto known = known_members().find(record->name);
    if (known == known_members().end()) {
      continue;
    }
    for (const auto& member : record->members) {
      if (!known->second.contains(member.name)) {
        unknown.push_back(fmt::format("{}.{}", record->name, member.name));
      }
    }
  }
  return unknown;
}

}  // namespace kapi
