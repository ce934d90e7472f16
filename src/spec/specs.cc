// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "kapi/spec.h"
#include "spec/find_layout.h"
#include "spec/search.h"
#include "spec/spec_array.h"
#include "spec/spec_reader.h"

namespace kapi {
namespace {

constexpr std::string_view kFact = "specs";

void set_coverage(Corpus& corpus, std::string state, uint64_t read, uint64_t total,
                  std::string detail) {
  corpus.coverage.push_back({std::string(kFact), std::move(state), read, total, std::move(detail)});
}

// Where specs stand, by what layouts, and what is known to be missing.
struct Finding {
  std::vector<SpecLayout> layouts;
  std::vector<SpecSlot> places;
  std::string found_by;
  uint64_t unreadable = 0;
  std::string doubt;  // why there may be more; empty if there are none
};

// What several revisions have in the same place, and read differently.
std::string names_of(const std::vector<SpecLayout>& layouts) {
  std::vector<std::string_view> names;
  names.reserve(layouts.size());
  for (const auto& layout : layouts) {
    names.push_back(layout.revision().revision);
  }
  return fmt::format("{}", fmt::join(names, " or "));
}

// In RFC v1 the specs of ioctls are data of their drivers: only the size of their symbols tells
// them.
std::vector<SpecSlot> find_ioctls(const Image& image, const SpecLayout& layout,
                                  std::string& doubt) {
  std::vector<SpecSlot> places;
  const auto type = layout.graph.find({TypeTag::structure, "kapi_ioctl_spec"});
  const uint64_t size = type ? layout.graph.size_of(*type) : 0;
  if (size == 0) {
    return places;
  }
  if (image.symbols_from() != ".symtab") {
    doubt =
        "RFC v1 keeps the specs of ioctls outside of the section, where only the sizes of symbols "
        "tell them";
    return places;
  }
  for (const auto& symbol : image.symbols_with_prefix("")) {
    if (symbol.kind == SymbolKind::object && symbol.size == size) {
      places.push_back({symbol.address, symbol.address, std::string(symbol.name)});
    }
  }
  return places;
}

void read_found(const std::shared_ptr<const Image>& image, Finding found, Corpus& corpus) {
  const SpecLayout& layout = found.layouts.front();
  const auto ioctls = find_ioctls(*image, layout, found.doubt);
  corpus.source.spec_section = found.found_by;
  corpus.source.spec_layout =
      found.layouts.size() == 1 ? layout.from : "the built-in table of " + names_of(found.layouts);
  corpus.source.spec_evidence = layout.evidence;
  for (const auto& member : unknown_members(layout)) {
    corpus.diagnostics.push_back(
        {Level::warning, "unknown-member", "specs",
         fmt::format("{} is not known to this version and was not read", member), "",
         std::nullopt});
  }
  SpecReader reader(image, found.layouts, corpus);
  uint64_t whole = 0;
  for (const auto& place : found.places) {
    whole += reader.read(place) ? 1 : 0;
  }
  for (const auto& place : ioctls) {
    whole += reader.read_ioctl(place) ? 1 : 0;
  }
  if (found.layouts.size() > 1) {
    corpus.diagnostics.push_back(
        {Level::warning, "layout-ambiguous", "specs",
         fmt::format("the image does not tell whether its specs are of {}; what these read "
                     "differently was left unresolved, in {} of {} specs",
                     names_of(found.layouts), reader.ambiguous(), found.places.size()),
         "", std::nullopt});
  }
  const uint64_t total = found.places.size() + ioctls.size() + found.unreadable;
  std::string detail = fmt::format("{}, layout from {}", found.found_by, corpus.source.spec_layout);
  if (!found.doubt.empty()) {
    detail += fmt::format("; there may be more: {}", found.doubt);
  }
  set_coverage(corpus,
               whole == 0                              ? "unread"
               : whole == total && found.doubt.empty() ? "complete"
                                                       : "partial",
               whole, total, std::move(detail));
}

void read_array(const std::shared_ptr<const Image>& image, TypeReader& types,
                const SpecArray& array, Corpus& corpus) {
  Finding found;
  found.found_by = array.found_by;
  // The types are looked up once something has to be read by them.
  const bool empty = array.size == 0;
  if (!empty) {
    if (auto layout = layout_from_types(*image, types)) {
      found.layouts.push_back(std::move(*layout));
    } else {
      found.layouts = layouts_from_tables(*image, array);
    }
    const size_t before = corpus.diagnostics.size();
    found.places = read_places(*image, array, found.layouts.front(), corpus.diagnostics);
    found.unreadable = corpus.diagnostics.size() - before;
  }
  if (found.places.empty()) {
    corpus.source.spec_section = array.found_by;
    set_coverage(corpus, found.unreadable == 0 ? "complete" : "unread", 0, found.unreadable,
                 fmt::format("{}: no spec in it", array.found_by));
    return;
  }
  read_found(image, std::move(found), corpus);
}

void read_stripped(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  std::string searched;
  auto specs = search_specs(*image, layout_from_types(*image, types), searched);
  if (!specs) {
    set_coverage(corpus, "unread", 0, 0,
                 fmt::format("the image has no symbol table and no .kapi_specs section; {}, and "
                             "none was found",
                             searched));
    return;
  }
  read_found(image,
             {std::move(specs->layouts), std::move(specs->places), std::move(specs->found_by), 0,
              specs->whole ? "" : "a spec without lists has no magic to find it by"},
             corpus);
}

// Whether a symbol that is not there means that nothing is there: without CONFIG_KALLSYMS_ALL,
// kallsyms holds functions only.
bool names_data(const Image& image) {
  return image.symbols_from() == ".symtab" ||
         (image.symbols_from() == "kallsyms" && image.symbol("linux_banner"));
}

}  // namespace

void read_specs(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  try {
    if (const auto array = find_spec_array(*image)) {
      read_array(image, types, *array, corpus);
    } else if (!names_data(*image)) {
      read_stripped(image, types, corpus);
    } else {
      set_coverage(corpus, "absent", 0, 0,
                   "the image has neither __start_kapi_specs nor a .kapi_specs section");
    }
  } catch (const InputError& error) {
    corpus.diagnostics.push_back({Level::error, "specs-unreadable", std::string(kFact),
                                  error.reason(), error.place().section, error.place().offset});
    set_coverage(corpus, "unread", 0, 0, error.reason());
  }
}

}  // namespace kapi
