// SPDX-License-Identifier: GPL-2.0-only
#include "spec/find_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "spec/plausible.h"
#include "spec/tokens.h"

namespace kapi {
namespace {

constexpr uint32_t kParamMagic = 0x4b415031;
constexpr size_t kSpecsLookedAt = 64;  // to tell layouts apart
const TypeName kSpec{TypeTag::structure, "kernel_api_spec"};

// ---- from the image's types --------------------------------------------------------------------

using Facts = std::map<std::string, uint64_t>;

// Members with their offsets, enumerators with their values.
Facts facts_of(const TypeGraph& graph, const std::string& name, TypeTag tag) {
  Facts facts;
  const auto id = graph.find({tag, name});
  if (!id) {
    return facts;
  }
  if (const auto* type = std::get_if<EnumType>(&graph[*id])) {
    for (const auto& enumerator : type->enumerators) {
      facts[enumerator.name] = static_cast<uint32_t>(enumerator.value);
    }
  } else if (const auto* record = std::get_if<RecordType>(&graph[*id])) {
    for (const auto& member : record->members) {
      if (!member.name.empty()) {
        facts[member.name] = member.bit_offset;
        continue;
      }
      if (const auto* inner = std::get_if<RecordType>(&graph[graph.strip(member.type)])) {
        for (const auto& within : inner->members) {
          facts[within.name] = member.bit_offset + within.bit_offset;
        }
      }
    }
  }
  return facts;
}

size_t differences(const Facts& a, const Facts& b) {
  const auto missing = [](const Facts& from, const Facts& in) {
    return static_cast<size_t>(std::count_if(from.begin(), from.end(), [&](const auto& fact) {
      const auto found = in.find(fact.first);
      return found == in.end() || found->second != fact.second;
    }));
  };
  return missing(a, b) + missing(b, a);
}

// How many members and numbers of two graphs differ, in the types that both have.
size_t distance(const TypeGraph& image, const TypeGraph& table) {
  size_t sum = 0;
  for (TypeId id = 0; id < image.size(); id++) {
    const auto name = name_of(image[id]);
    if (name && (name->tag == TypeTag::structure || name->tag == TypeTag::enumeration)) {
      const Facts in_table = facts_of(table, name->name, name->tag);
      if (!in_table.empty()) {
        sum += differences(facts_of(image, name->name, name->tag), in_table);
      }
    }
  }
  return sum;
}

void find_revision(const Image& image, SpecLayout& layout) {
  size_t nearest = SIZE_MAX;
  for (const auto* table : layout_table()) {
    const size_t away = distance(layout.graph, declarations(*table, abi_of(image)));
    if (away < nearest ||
        (away == nearest && layout.table != nullptr && table->posted > layout.table->posted)) {
      nearest = away;
      layout.table = table;
    }
  }
  layout.evidence.push_back(
      nearest == 0
          ? fmt::format("its members and numbers are those of {}", layout.revision().revision)
          : fmt::format("its members and numbers are nearest to those of {} ({} differ)",
                        layout.revision().revision, nearest));
}

// ---- from the tables ---------------------------------------------------------------------------

// How one group of tables fits.
struct Fit {
  std::vector<SpecLayout> layouts;
  std::vector<SpecSlot> places;
  std::vector<std::string> evidence;
  std::vector<std::string> objections;
  bool certain = false;  // by the size of a symbol or a magic in its place
};

// What the size of the symbol at the first spec, or the magic before its parameters, says.
void weigh_first(const Image& image, Fit& fit) {
  const SpecLayout& layout = fit.layouts.front();
  const uint64_t first = fit.places.front().target;
  for (const auto& symbol : image.symbols_at(first)) {
    // A bound tells only that a spec does not fit.
    const bool tells = !symbol.size_is_bound || symbol.size < layout.size();
    if (symbol.kind == SymbolKind::object && symbol.size != 0 && tells) {
      (symbol.size == layout.size() ? fit.evidence : fit.objections)
          .push_back(fmt::format("{} is {} bytes", symbol.name, symbol.size));
    }
  }
  const auto magic = find_member(layout.graph, layout.spec, "param_magic");
  if (magic && image.covers(first, layout.size())) {
    const uint64_t offset = magic->bit_offset / 8;
    const uint64_t found = image.word_at(first + offset, 4);
    if (found == kParamMagic) {
      fit.evidence.push_back(
          fmt::format("the magic of its parameters stands at offset {}", offset));
    } else if (found != 0) {
      fit.objections.push_back(fmt::format(
          "{:#x} stands at offset {}, where the magic of its parameters belongs", found, offset));
    }
  }
  fit.certain = !fit.evidence.empty();
}

// What each of the specs, seen as one of this layout, says: where nothing else marks it, more than
// half must hold in every member what such a spec can hold.
void weigh_all(const Image& image, Fit& fit) {
  const SpecLayout& layout = fit.layouts.front();
  std::string first_objection;
  size_t sound = 0;
  const size_t looked_at = std::min(fit.places.size(), kSpecsLookedAt);
  for (size_t i = 0; i < looked_at; i++) {
    bool any = false;
    for (const auto& candidate : fit.layouts) {
      const auto objection = Plausibility(image, candidate).objection(fit.places[i].target);
      any = any || !objection;
      if (objection && first_objection.empty()) {
        first_objection = *objection;
      }
    }
    sound += any ? 1 : 0;
  }
  if (sound * 2 > looked_at) {
    fit.evidence.push_back(
        fmt::format("{} of {} specs hold in every member what one of {} bytes "
                    "can hold",
                    sound, looked_at, layout.size()));
  } else if (!fit.certain) {
    fit.objections.push_back(
        fmt::format("as a spec of {} bytes: {}", layout.size(), first_objection));
  }
}

Fit fit_of(const Image& image, const SpecArray& array, std::vector<SpecLayout> layouts) {
  Fit fit;
  fit.layouts = std::move(layouts);
  const SpecLayout& layout = fit.layouts.front();
  const bool pointers = has_pointers(layout);
  if (!pointers && array.size < layout.size()) {
    fit.objections.push_back(fmt::format("the array of {} bytes has no room for a spec of {}",
                                         array.size, layout.size()));
    return fit;
  }
  std::vector<Diagnostic> noticed;
  try {
    fit.places = read_places(image, array, layout, noticed);
  } catch (const InputError& error) {
    fit.objections.push_back(error.reason());
    return fit;
  }
  if (fit.places.empty()) {
    fit.objections.push_back(noticed.empty() ? "nothing is in the array" : noticed[0].message);
    return fit;
  }
  weigh_first(image, fit);
  // What a symbol's size or a magic says outweighs that some of the array is damaged.
  if (!pointers && !fit.certain && !noticed.empty()) {
    fit.objections.push_back(noticed[0].message);
  }
  if (!pointers || (fit.evidence.empty() && fit.objections.empty())) {
    weigh_all(image, fit);
  }
  return fit;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::vector<std::string> once;
  for (const auto& sentence : sentences) {
    if (std::find(once.begin(), once.end(), sentence) == once.end()) {
      once.push_back(sentence);
    }
  }
  return once.empty() ? "nothing speaks for one" : fmt::format("{}", fmt::join(once, "; "));
}

}  // namespace

std::optional<SpecLayout> layout_from_types(const Image& image, TypeReader& types) {
  SpecLayout layout;
  const auto spec = types.import(layout.graph, kSpec);
  if (!spec) {
    return std::nullopt;
  }
  layout.spec = *spec;
  layout.from = types.origin();
  for (const auto enumeration : token_enumerations()) {
    types.import(layout.graph, {TypeTag::enumeration, std::string(enumeration)});
  }
  types.import(layout.graph, {TypeTag::structure, "kapi_ioctl_spec"});
  layout.evidence.push_back(fmt::format("the image's {} describes struct kernel_api_spec, {} bytes",
                                        layout.from, layout.size()));
  find_revision(image, layout);
  return layout;
}

std::vector<std::vector<SpecLayout>> table_layouts(const Image& image) {
  std::vector<SpecLayout> all;
  for (const auto* table : layout_table()) {
    all.push_back(layout_of(*table, abi_of(image)));
  }
  std::sort(all.begin(), all.end(), [](const SpecLayout& a, const SpecLayout& b) {
    return a.table->posted > b.table->posted;
  });
  std::vector<std::vector<SpecLayout>> groups;
  for (auto& layout : all) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
      return g.front().size() == layout.size();
    });
    if (group == groups.end()) {
      groups.emplace_back().push_back(std::move(layout));
    } else {
      group->push_back(std::move(layout));
    }
  }
  return groups;
}

std::vector<SpecLayout> told_apart(const Image& image, std::vector<SpecLayout> layouts,
                                   const std::vector<SpecSlot>& places) {
  if (layouts.size() < 2) {
    return layouts;
  }
  std::vector<SpecLayout> fitting;
  std::vector<std::string> against;
  for (const auto& layout : layouts) {
    const Plausibility plausibility(image, layout);
    std::optional<std::string> objection;
    for (size_t i = 0; i < std::min(places.size(), kSpecsLookedAt) && !objection; i++) {
      objection = plausibility.objection(places[i].target);
      if (objection) {
        against.push_back(fmt::format("not {}: in the spec at {:#x}, {}", layout.table->revision,
                                      places[i].target, *objection));
      }
    }
    if (!objection) {
      fitting.push_back(layout);
    }
  }
  if (fitting.empty()) {
    fitting = std::move(layouts);
    against = {"each revision of this size is contradicted by a number in a spec"};
  }
  if (fitting.size() > 1) {
    std::vector<std::string_view> names;
    names.reserve(fitting.size());
    for (const auto& layout : fitting) {
      names.push_back(layout.table->revision);
    }
    against.push_back(
        fmt::format("nothing in the image tells {} apart", fmt::join(names, " and ")));
  }
  for (auto& layout : fitting) {
    layout.evidence.insert(layout.evidence.end(), against.begin(), against.end());
  }
  return fitting;
}

std::vector<SpecLayout> layouts_from_tables(const Image& image, const SpecArray& array) {
  std::vector<std::string> objections;
  std::optional<Fit> best;
  for (auto& group : table_layouts(image)) {
    Fit fit = fit_of(image, array, std::move(group));
    if (fit.evidence.empty() || !fit.objections.empty()) {
      objections.insert(objections.end(), fit.objections.begin(), fit.objections.end());
    } else if (!best || (fit.certain && !best->certain)) {
      best = std::move(fit);
    }
  }
  if (!best) {
    const auto location = image.locate(array.start);
    throw InputError({image.file(), location ? location->section : "",
                      location ? std::optional(location->file_offset) : std::nullopt},
                     "the image has neither BTF nor DWARF of struct kernel_api_spec, and no "
                     "built-in layout fits: " +
                         joined(objections),
                     "give the image with its debug information");
  }
  for (auto& layout : best->layouts) {
    layout.evidence = best->evidence;
  }
  return told_apart(image, std::move(best->layouts), best->places);
}

}  // namespace kapi
