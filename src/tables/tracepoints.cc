// SPDX-License-Identifier: GPL-2.0-only
// Tracepoints and trace events (include/linux/trace_events.h, include/trace/stages/).
//
// The section _ftrace_events holds a pointer to the struct trace_event_call of every event. Its
// class, which many events share, points to the fields of their records as C text with size and
// alignment: what the file "format" of an event shows is made of these, and so it is here, in the
// way of trace_event_define_fields(). A tracepoint without an event (DECLARE_TRACE) has a symbol
// and no record. The events of syscalls say again what the syscall table does, and are left out.
#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "tables/read.h"
#include "tables/static_arrays.h"
#include "tables/trace_fields.h"

namespace kapi {
namespace {

constexpr const char* kFact = "tracepoints";
constexpr std::string_view kSection = "_ftrace_events";
constexpr std::string_view kStart = "__start_ftrace_events";
constexpr std::string_view kStop = "__stop_ftrace_events";
constexpr std::string_view kPrefix = "__tracepoint_";
constexpr std::string_view kSyscalls = "syscalls";
constexpr uint64_t kMaxEvents = 65536;  // Linux 6.12 has about 3,000

struct Range {
  uint64_t address = 0;
  uint64_t size = 0;
};

std::optional<Range> event_pointers(const Image& image) {
  const auto start = image.symbol(kStart);
  const auto stop = image.symbol(kStop);
  if (start && stop && stop->address >= start->address) {
    return Range{start->address, stop->address - start->address};
  }
  const Section* section = image.section(kSection);
  return section == nullptr ? std::nullopt : std::optional(Range{section->address, section->size});
}

class Events {
 public:
  Events(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus)
      : image_(image), corpus_(corpus) {
    call_ = types.import(graph_, {TypeTag::structure, "trace_event_call"});
    class_ = types.import(graph_, {TypeTag::structure, "trace_event_class"});
    tracepoint_ = types.import(graph_, {TypeTag::structure, "tracepoint"});
    fields_ = types.import(graph_, {TypeTag::structure, "trace_event_fields"});
    const auto entry = types.import(graph_, {TypeTag::structure, "trace_entry"});
    header_ = entry ? graph_.size_of(*entry) : 0;
    for (const Enumerator& enumerator : types.enumerators()) {
      if (enumerator.name == "TRACE_EVENT_FL_TRACEPOINT") {
        by_tracepoint_ = static_cast<uint64_t>(enumerator.value);
      } else if (enumerator.name == "TRACE_EVENT_FL_CUSTOM") {
        by_name_ = static_cast<uint64_t>(enumerator.value);
      }
    }
  }

  bool described() const {
    return call_ && class_ && tracepoint_ && fields_ && header_ != 0 && by_tracepoint_ != 0;
  }

  void read() {
    const auto range = event_pointers(*image_);
    if (range) {
      events(*range);
    }
    bare_tracepoints();
    const uint64_t total = read_ + unread_;
    if (total == 0) {
      corpus_.coverage.push_back({kFact, "absent", 0, 0, "the image holds none"});
      return;
    }
    std::string detail = fmt::format("{} events, {} tracepoints without one", events_, bare_);
    if (syscalls_ != 0) {
      detail += fmt::format("; {} events of syscalls left out", syscalls_);
    }
    if (coded_ != 0) {
      detail += fmt::format("; the fields of {} are made by code", coded_);
    }
    if (unread_ != 0) {
      detail += fmt::format("; {} could not be read", unread_);
    }
    corpus_.coverage.push_back(
        {kFact, unread_ == 0 ? "complete" : "partial", read_, total, detail});
  }

 private:
  void events(const Range& range) {
    const uint64_t stride = image_->bits() / 8;
    if (range.size % stride != 0 || range.size / stride > kMaxEvents ||
        !image_->covers(range.address, range.size)) {
      unread_++;
      report(range.address, "bad-event-table", "the table of events is no array of pointers");
      return;
    }
    for (uint64_t at = range.address; at < range.address + range.size; at += stride) {
      const auto address = Evidence(*image_).pointer(at);
      if (address && *address == 0) {
        continue;  // taken out by the linker
      }
      if (!address || !event(*address)) {
        unread_++;
        report(at, "event-unreadable", "what the pointer leads to is no trace_event_call");
      }
    }
  }

  bool event(uint64_t address) {
    if (!image_->covers(address, graph_.size_of(*call_))) {
      return false;
    }
    ObjectReader reader(image_, graph_);
    const Object call = reader.object(*call_, address);
    const auto flags = word(call, "flags");
    const auto class_address = word(call, "class");
    const auto name = flags ? name_of(reader, call, *flags) : std::nullopt;
    if (!name || !class_address || !image_->covers(*class_address, graph_.size_of(*class_))) {
      return false;
    }
    const Class& shared = class_at(*class_address);
    if (!shared.readable) {
      return false;
    }
    if (shared.system == kSyscalls) {
      syscalls_++;
      return true;
    }
    named_.insert(*name);
    corpus_.tracepoints.push_back({*name, shared.system, shared.fields});
    coded_ += shared.coded ? 1 : 0;
    events_++;
    read_++;
    return true;
  }

  // trace_event_name() of the kernel.
  std::optional<std::string> name_of(ObjectReader& reader, const Object& call, uint64_t flags) {
    if ((flags & by_tracepoint_) != 0 && (flags & by_name_) == 0) {
      const auto address = word(call, "tp");
      if (!address || !image_->covers(*address, graph_.size_of(*tracepoint_))) {
        return std::nullopt;
      }
      return text(reader.object(*tracepoint_, *address), "name");
    }
    return text(call, "name");
  }

  struct Class {
    bool readable = false;
    bool coded = false;
    std::string system;
    std::vector<Field> fields;
  };

  const Class& class_at(uint64_t address) {
    const auto [place, is_new] = classes_.try_emplace(address);
    Class& found = place->second;
    if (is_new) {
      ObjectReader reader(image_, graph_);
      const Object object = reader.object(*class_, address);
      const auto system = text(object, "system");
      const auto array = word(object, "fields_array");
      if (system && *system == kSyscalls) {
        found = {true, false, *system, {}};
      } else if (system) {
        auto fields = trace_fields(image_, graph_, *fields_, array.value_or(0), header_);
        if (fields) {
          found = {true, fields->coded, *system, std::move(fields->fields)};
        }
      }
    }
    return found;
  }

  static std::optional<uint64_t> word(const Object& object, const char* name) {
    const auto member = object.member(name);
    return member ? member->bits() : std::nullopt;
  }
  static std::optional<std::string> text(const Object& object, const char* name) {
    const auto member = object.member(name);
    const auto found = member ? member->string() : std::nullopt;
    return found && Evidence::is_file_name(*found) ? found : std::nullopt;
  }

  void bare_tracepoints() {
    const uint64_t size = graph_.size_of(*tracepoint_);
    ObjectReader reader(image_, graph_);
    for (const Symbol& symbol : image_->symbols_with_prefix(kPrefix)) {
      // __tracepoint_ptr_* are pointers, and no tracepoints by that name.
      if (symbol.kind == SymbolKind::function || symbol.size < size ||
          !image_->covers(symbol.address, size)) {
        continue;
      }
      const auto name = text(reader.object(*tracepoint_, symbol.address), "name");
      if (name && *name == symbol.name.substr(kPrefix.size()) && named_.insert(*name).second) {
        corpus_.tracepoints.push_back({*name, "", {}});
        bare_++;
        read_++;
      }
    }
  }

  void report(uint64_t address, const char* code, const char* message) {
    if (++reported_ > ObjectReader::kMaxDiagnostics) {
      return;
    }
    const auto location = image_->locate(address);
    corpus_.diagnostics.push_back({Level::error, code, kFact, message,
                                   location ? location->section : "",
                                   location ? std::optional(location->file_offset) : std::nullopt});
  }

  std::shared_ptr<const Image> image_;
  Corpus& corpus_;
  TypeGraph graph_;
  std::optional<TypeId> call_;
  std::optional<TypeId> class_;
  std::optional<TypeId> tracepoint_;
  std::optional<TypeId> fields_;
  uint64_t header_ = 0;  // bytes of the fields that all records begin with
  uint64_t by_tracepoint_ = 0;
  uint64_t by_name_ = 0;
  std::map<uint64_t, Class> classes_;
  std::set<std::string> named_;
  uint64_t read_ = 0;
  uint64_t unread_ = 0;
  uint64_t events_ = 0;
  uint64_t bare_ = 0;
  uint64_t syscalls_ = 0;
  uint64_t coded_ = 0;
  uint64_t reported_ = 0;
};

}  // namespace

void read_tracepoints(const std::shared_ptr<const Image>& image, TypeReader& types,
                      Corpus& corpus) {
  Events events(image, types, corpus);
  if (!events.described()) {
    corpus.coverage.push_back(
        undescribed(*image, kFact, "struct trace_event_call", "trace_event_raw_init"));
    return;
  }
  events.read();
}

}  // namespace kapi
