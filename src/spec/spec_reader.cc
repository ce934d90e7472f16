// SPDX-License-Identifier: GPL-2.0-only
#include "spec/spec_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "spec/agree.h"
#include "spec/plausible.h"

namespace kapi {
namespace {

constexpr std::string_view kSpecSymbol = "__kapi_spec_";
constexpr const char* kSpec = "kernel_api_spec";
constexpr const char* kIoctl = "kapi_ioctl_spec";

Origin origin_of(const Image& image, const std::string& subject, const SpecSlot& slot) {
  Origin origin;
  origin.subject = subject;
  origin.symbol = slot.symbol;
  if (origin.symbol.empty()) {
    // By name, since an index by address of all symbols costs more than reading the specs does.
    const auto symbol = image.symbol(std::string(kSpecSymbol) + subject);
    if (symbol && symbol->address == slot.target) {
      origin.symbol = std::string(symbol->name);
    }
  }
  origin.address = Bits{slot.target};
  if (const auto location = image.locate(slot.target)) {
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

// The spec in what holds it: itself, or its member of an ioctl's.
std::optional<Record> spec_in(const Record& holder, const std::string& type) {
  return type == kSpec ? std::optional(holder) : holder.record("api_spec");
}

}  // namespace

SpecReader::SpecReader(std::shared_ptr<const Image> image, const std::vector<SpecLayout>& layouts,
                       Corpus& corpus)
    : image_(std::move(image)), corpus_(corpus) {
  for (const auto& layout : layouts) {
    lenses_.push_back(std::make_unique<Lens>(image_, layout));
  }
}

bool SpecReader::read(const SpecSlot& slot) { return read_as(slot, kSpec); }
bool SpecReader::read_ioctl(const SpecSlot& slot) { return read_as(slot, kIoctl); }

bool SpecReader::read_as(const SpecSlot& slot, const std::string& holder) {
  const size_t errors = error_count();
  Lens& lens = *lenses_.front();
  const TypeGraph& graph = lens.layout->graph;
  const TypeId type = graph.find({TypeTag::structure, holder}).value_or(lens.layout->spec);
  subject_ = fmt::format("spec at {:#x}", slot.target);
  if (!image_->covers(slot.target, graph.size_of(type))) {
    report(slot, "spec-outside",
           fmt::format("the pointer at {:#x} leads to {:#x}, where the file has no {} bytes of a "
                       "spec",
                       slot.slot, slot.target, graph.size_of(type)));
    return false;
  }
  // The name is in the same place for all.
  lens.reader.set_subject(subject_);
  SpecContext context{lens.reader, *lens.layout, lens.tokens, corpus_.diagnostics, subject_};
  const auto spec = spec_in(Record(context, lens.reader.object(type, slot.target)), holder);
  const std::string name = spec ? spec_name(*image_, *spec) : "";
  auto noticed = lens.reader.take_diagnostics();
  corpus_.diagnostics.insert(corpus_.diagnostics.end(), noticed.begin(), noticed.end());
  if (name.empty()) {
    report(slot, "spec-without-name", "the spec has no name");
    return false;
  }
  subject_ = name;
  doubt(slot);
  std::vector<Reading> readings;
  std::vector<Diagnostic> repeated;  // what the first reading has said already
  for (const auto& each : lenses_) {
    readings.push_back({each->layout->revision().revision,
                        decode(*each, slot, holder, name,
                               each == lenses_.front() ? corpus_.diagnostics : repeated)});
  }
  corpus_.apis.push_back(agreed(readings));
  ambiguous_ += corpus_.apis.back().unresolved.empty() ? 0 : 1;
  corpus_.source.origins.push_back(origin_of(*image_, name, slot));
  if (!names_.insert(name).second) {
    report(slot, "duplicate-api", fmt::format("a second spec is called {}", name));
  }
  return error_count() == errors;
}

// A spec among others whose place no symbol gives may be bytes that only look like the name of one.
void SpecReader::doubt(const SpecSlot& slot) {
  const SpecLayout& layout = *lenses_.front()->layout;
  if (!slot.symbol.empty() || has_pointers(layout)) {
    return;
  }
  if (const auto objection = Plausibility(*image_, layout).objection(slot.target)) {
    report(slot, "spec-doubtful", fmt::format("it may be no spec: {}", *objection));
  }
}

Api SpecReader::decode(Lens& lens, const SpecSlot& slot, const std::string& holder,
                       const std::string& name, std::vector<Diagnostic>& diagnostics) {
  lens.reader.set_subject(name);
  SpecContext context{lens.reader, *lens.layout, lens.tokens, diagnostics, name};
  const TypeId type =
      lens.layout->graph.find({TypeTag::structure, holder}).value_or(lens.layout->spec);
  const Record record(context, lens.reader.object(type, slot.target));
  const Record spec = spec_in(record, holder).value_or(record);
  Api api = holder == kSpec ? decode_api(spec, name) : decode_ioctl(record, spec, name);
  const auto noticed = lens.reader.take_diagnostics();
  diagnostics.insert(diagnostics.end(), noticed.begin(), noticed.end());
  return api;
}

void SpecReader::report(const SpecSlot& slot, std::string code, std::string message) {
  const auto location = image_->locate(slot.slot);
  corpus_.diagnostics.push_back({Level::error, std::move(code), subject_, std::move(message),
                                 location ? location->section : "",
                                 location ? std::optional(location->file_offset) : std::nullopt});
}

size_t SpecReader::error_count() const {
  return static_cast<size_t>(
      std::count_if(corpus_.diagnostics.begin(), corpus_.diagnostics.end(),
                    [](const Diagnostic& d) { return d.level == Level::error; }));
}

}  // namespace kapi
