// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "kapi/spec.h"
#include "spec/decode.h"
#include "spec/spec_array.h"

namespace kapi {
namespace {

constexpr std::string_view kFact = "specs";
constexpr std::string_view kSpecSymbol = "__kapi_spec_";

void set_coverage(Corpus& corpus, std::string state, uint64_t read, uint64_t total,
                  std::string detail) {
  corpus.coverage.push_back({std::string(kFact), std::move(state), read, total, std::move(detail)});
}

Origin origin_of(const Image& image, const std::string& subject, uint64_t address) {
  Origin origin;
  origin.subject = subject;
  // By name, since an index by address of all symbols costs more than reading the specs does.
  const auto symbol = image.symbol(std::string(kSpecSymbol) + subject);
  if (symbol && symbol->address == address) {
    origin.symbol = std::string(symbol->name);
  }
  origin.address = Bits{address};
  if (const auto location = image.locate(address)) {
    origin.section = location->section;
    origin.offset = Bits{location->file_offset};
  }
  return origin;
}

// What to call a spec: its own name, or that of its symbol. Empty if it has neither.
std::string spec_name(const Image& image, const Record& spec) {
  if (std::string own = spec.text("name"); !own.empty()) {
    return own;
  }
  for (const auto& symbol : image.symbols_at(spec.address())) {
    if (symbol.name.starts_with(kSpecSymbol)) {
      return std::string(symbol.name.substr(kSpecSymbol.size()));
    }
  }
  return {};
}

// Reads one spec after the other into a corpus.
class SpecReader {
 public:
  SpecReader(const std::shared_ptr<const Image>& image, const SpecLayout& layout,
             const Tokens& tokens, Corpus& corpus)
      : image_(image),
        layout_(layout),
        corpus_(corpus),
        reader_(image, layout.graph),
        context_{reader_, layout, tokens, corpus.diagnostics, ""} {}

  // False if the spec could not be read completely.
  bool read(const SpecSlot& slot) {
    const size_t errors = error_count();
    context_.api = fmt::format("spec at {:#x}", slot.target);
    reader_.set_subject(context_.api);
    if (!image_->covers(slot.target, layout_.graph.size_of(layout_.spec))) {
      report(slot, "spec-outside",
             fmt::format("the pointer at {:#x} leads to {:#x}, where the file has no {} bytes of a "
                         "spec",
                         slot.slot, slot.target, layout_.graph.size_of(layout_.spec)));
      return false;
    }
    const Record spec(context_, reader_.object(layout_.spec, slot.target));
    const std::string name = spec_name(*image_, spec);
    if (name.empty()) {
      report(slot, "spec-without-name", "the spec has no name");
      collect();
      return false;
    }
    context_.api = name;
    reader_.set_subject(name);
    corpus_.apis.push_back(decode_api(spec, name));
    corpus_.source.origins.push_back(origin_of(*image_, name, slot.target));
    collect();
    if (!names_.insert(name).second) {
      report(slot, "duplicate-api", fmt::format("a second spec is called {}", name));
    }
    return error_count() == errors;
  }

 private:
  void report(const SpecSlot& slot, std::string code, std::string message) {
    const auto location = image_->locate(slot.slot);
    corpus_.diagnostics.push_back({Level::error, std::move(code), context_.api, std::move(message),
                                   location ? location->section : "",
                                   location ? std::optional(location->file_offset) : std::nullopt});
  }
  void collect() {
    auto noticed = reader_.take_diagnostics();
    corpus_.diagnostics.insert(corpus_.diagnostics.end(), noticed.begin(), noticed.end());
  }
  size_t error_count() const {
    return static_cast<size_t>(
        std::count_if(corpus_.diagnostics.begin(), corpus_.diagnostics.end(),
                      [](const Diagnostic& d) { return d.level == Level::error; }));
  }

  std::shared_ptr<const Image> image_;
  const SpecLayout& layout_;
  Corpus& corpus_;
  ObjectReader reader_;
  SpecContext context_;
  std::set<std::string> names_;
};

void read_array(const std::shared_ptr<const Image>& image, TypeReader& types,
                const SpecArray& array, Corpus& corpus) {
  const size_t before = corpus.diagnostics.size();
  const auto slots = read_spec_slots(*image, array, corpus.diagnostics);
  const size_t unreadable = corpus.diagnostics.size() - before;
  corpus.source.spec_section = array.found_by;
  if (slots.empty()) {
    set_coverage(corpus, unreadable == 0 ? "complete" : "unread", 0, unreadable,
                 fmt::format("{}: no spec in it", array.found_by));
    return;
  }
  const SpecLayout layout = find_spec_layout(*image, types, slots[0].target);
  corpus.source.spec_layout = layout.from;
  corpus.source.spec_evidence = layout.evidence;
  for (const auto& member : unknown_members(layout)) {
    corpus.diagnostics.push_back(
        {Level::warning, "unknown-member", "specs",
         fmt::format("{} is not known to this version and was not read", member), "",
         std::nullopt});
  }
  const Tokens tokens(layout);
  SpecReader reader(image, layout, tokens, corpus);
  uint64_t whole = 0;
  for (const auto& slot : slots) {
    whole += reader.read(slot) ? 1 : 0;
  }
  const size_t total = slots.size() + unreadable;
  set_coverage(corpus,
               whole == total ? "complete"
               : whole == 0   ? "unread"
                              : "partial",
               whole, total, fmt::format("{}, layout from {}", array.found_by, layout.from));
}

}  // namespace

void read_specs(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  try {
    if (const auto array = find_spec_array(*image)) {
      read_array(image, types, *array, corpus);
    } else if (!image->has_symbols()) {
      set_coverage(corpus, "unread", 0, 0,
                   "the image has no symbol table and no .kapi_specs section, so specs it may hold "
                   "cannot be found");
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
