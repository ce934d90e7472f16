// SPDX-License-Identifier: GPL-2.0-only
#include "spec/layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

const TypeName kSpec{TypeTag::structure, "kernel_api_spec"};
constexpr uint32_t kParamMagic = 0x4b415031;

Abi abi_of(const Image& image) {
  // A 64-bit integer is aligned to 8 bytes by every kernel ABI but i386's.
  return {.pointer_size = image.bits() / 8,
          .max_alignment_of_64bit = image.arch() == Arch::i386 ? 4U : 8U,
          .packed = false};
}

// Since PATCH v3 the section holds pointers to specs whose strings are pointers; before, it held
// the specs themselves, with strings inside.
bool has_pointers(const TypeGraph& graph, TypeId spec) {
  const auto name = find_member(graph, spec, "name");
  return name && std::holds_alternative<PointerType>(graph[graph.strip(name->type)]);
}

std::optional<SpecLayout> from_types(const Image& image, TypeReader& types) {
  SpecLayout layout;
  const auto spec = types.import(layout.graph, kSpec);
  if (!spec) {
    return std::nullopt;
  }
  layout.spec = *spec;
  layout.from = types.origin();
  if (!has_pointers(layout.graph, layout.spec)) {
    throw InputError({image.file(), "", std::nullopt},
                     fmt::format("by its {}, struct kernel_api_spec is of a revision before PATCH "
                                 "v3, whose section holds the specs themselves; this version reads "
                                 "the form since PATCH v3, an array of pointers",
                                 layout.from));
  }
  layout.evidence.push_back(fmt::format("the image's {} describes struct kernel_api_spec, {} bytes",
                                        layout.from, layout.graph.size_of(layout.spec)));
  return layout;
}

// What speaks for a table: the size of the symbol at the first spec, or the magic before its
// parameters. What speaks against it goes into `objections`.
std::vector<std::string> evidence_for(const Image& image, const SpecLayout& layout,
                                      uint64_t first_spec, std::vector<std::string>& objections) {
  std::vector<std::string> evidence;
  const uint64_t size = layout.graph.size_of(layout.spec);
  for (const auto& symbol : image.symbols_at(first_spec)) {
    if (symbol.kind == SymbolKind::object && symbol.size != 0) {
      (symbol.size == size ? evidence : objections)
          .push_back(fmt::format("{} is {} bytes", symbol.name, symbol.size));
    }
  }
  const auto magic = find_member(layout.graph, layout.spec, "param_magic");
  if (magic && image.covers(first_spec, size)) {
    const uint64_t offset = magic->bit_offset / 8;
    const uint64_t found = image.word_at(first_spec + offset, 4);
    if (found == kParamMagic) {
      evidence.push_back(fmt::format("the magic of its parameters stands at offset {}", offset));
    } else if (found != 0) {
      objections.push_back(
          fmt::format("{:#x} stands at offset {}, where the magic of its "
                      "parameters belongs",
                      found, offset));
    }
  }
  return evidence;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const auto& sentence : sentences) {
    text += (text.empty() ? "" : "; ") + sentence;
  }
  return text.empty() ? "nothing speaks for one" : text;
}

SpecLayout from_tables(const Image& image, uint64_t first_spec) {
  std::vector<std::string> objections;
  for (const auto* table : layout_table()) {
    SpecLayout layout;
    layout.graph = TypeGraph::parse(table->text, abi_of(image));
    layout.spec = layout.graph.find(kSpec).value_or(0);
    layout.from = fmt::format("the built-in table of {}", table->revision);
    std::vector<std::string> against;
    layout.evidence = evidence_for(image, layout, first_spec, against);
    if (!layout.evidence.empty() && against.empty()) {
      return layout;
    }
    objections.insert(objections.end(), against.begin(), against.end());
  }
  const auto location = image.locate(first_spec);
  throw InputError({image.file(), location ? location->section : "",
                    location ? std::optional(location->file_offset) : std::nullopt},
                   "the image has neither BTF nor DWARF of struct kernel_api_spec, and no built-in "
                   "layout fits: " +
                       joined(objections),
                   "give the image with its debug information");
}

const RecordType* record_named(const TypeGraph& graph, const std::string& name) {
  const auto id = graph.find({TypeTag::structure, name});
  return id ? std::get_if<RecordType>(&graph[*id]) : nullptr;
}

}  // namespace

const TypeGraph& known_declarations() {
  static const TypeGraph kGraph = TypeGraph::parse(layout_table().back()->text, Abi{});
  return kGraph;
}

SpecLayout find_spec_layout(const Image& image, TypeReader& types, uint64_t first_spec) {
  auto layout = from_types(image, types);
  return layout ? std::move(*layout) : from_tables(image, first_spec);
}

std::vector<std::string> unknown_members(const SpecLayout& layout) {
  std::vector<std::string> unknown;
  for (TypeId id = 0; id < layout.graph.size(); id++) {
    const auto* record = std::get_if<RecordType>(&layout.graph[id]);
    const auto* known = record ? record_named(known_declarations(), record->name) : nullptr;
    if (known == nullptr) {
      continue;
    }
    for (const auto& member : record->members) {
      const bool found =
          std::any_of(known->members.begin(), known->members.end(),
                      [&](const Member& candidate) { return candidate.name == member.name; });
      if (!found) {
        unknown.push_back(fmt::format("{}.{}", record->name, member.name));
      }
    }
  }
  return unknown;
}

}  // namespace kapi
