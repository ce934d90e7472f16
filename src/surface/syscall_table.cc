// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "surface/find_table.h"
#include "surface/syscall_entry.h"
#include "surface/word_scan.h"

namespace kapi {
namespace {

// No architecture comes near this many syscalls; a larger table is a lie.
constexpr uint64_t kMaxEntries = 8192;

std::string fact_of(const TableKind& kind) { return fmt::format("syscalls/{}", kind.abi); }

void report(const Image& image, const TableKind& kind, uint64_t address, std::string code,
            std::string message, Corpus& corpus) {
  const auto location = image.locate(address);
  corpus.diagnostics.push_back({Level::error, std::move(code), fact_of(kind), std::move(message),
                                location ? location->section : "",
                                location ? std::optional(location->file_offset) : std::nullopt});
}

// A function by its name, or by the one that a compiler made of it when it joined files
// ("….llvm.1").
bool has_function(const Image& image, std::string_view name) {
  return !name.empty() && (image.symbol(name).has_value() ||
                           !image.symbols_with_prefix(std::string(name) + ".").empty());
}

// A function that only a kernel with this ABI has; empty if there is none. Weak ones stand for what
// is not implemented, and some of them are in every kernel.
std::string_view function_of(const Image& image, const TableKind& kind) {
  for (const auto sign : kind.signs) {
    for (const Symbol& symbol : image.symbols_with_prefix(sign)) {
      if (symbol.kind == SymbolKind::function && symbol.binding != Binding::weak) {
        return symbol.name;
      }
    }
  }
  return {};
}

Coverage missing_table(const Image& image, const TableKind& kind) {
  if (!image.has_symbols()) {
    return {fact_of(kind), "unread", 0, 0, "the image has no symbol table to find it by"};
  }
  if (has_function(image, kind.dispatcher)) {
    return {fact_of(kind), "unlisted", 0, 0,
            fmt::format("this kernel dispatches by code ({}) and has no table", kind.dispatcher)};
  }
  if (const auto function = function_of(image, kind); !function.empty()) {
    return {fact_of(kind), "unread", 0, 0,
            fmt::format("the image has functions of this ABI ({}), and {} was not found",
                        to_utf8(function), kind.symbol)};
  }
  return {fact_of(kind), "absent", 0, 0, fmt::format("the image has no {}", kind.symbol)};
}

// One slot of a table.
struct Slot {
  uint64_t target = 0;
  SyscallEntry entry;
  std::string obstacle;  // why it cannot be read; empty if it can
};

class Table {
 public:
  Table(const Image& image, const TableKind& kind, const Symbol& symbol)
      : image_(image),
        kind_(kind),
        address_(symbol.address),
        size_(symbol.size),
        stride_(image.bits() / 8),
        open_end_(symbol.size == 0 || symbol.size_is_bound) {}

  // Whether its size can be that of a table.
  bool plausible() const {
    return open_end_ || (size_ % stride_ == 0 && size_ / stride_ <= kMaxEntries);
  }

  void read() {
    const uint64_t room = size_ == 0 ? kMaxEntries : std::min(size_ / stride_, kMaxEntries);
    for (uint64_t number = 0; number < room; number++) {
      const uint64_t address = address_ + number * stride_;
      // Assembly may give a table no size; then it ends before the next thing with a name.
      if (size_ == 0 && (!image_.covers(address, stride_) ||
                         (number != 0 && !image_.symbols_at(address).empty()))) {
        break;
      }
      slots_.push_back(read_slot(address));
    }
    if (open_end_) {
      drop_tail();
    }
  }

  const std::vector<Slot>& slots() const { return slots_; }
  uint64_t address_of(size_t index) const { return address_ + index * stride_; }
  bool open_end() const { return open_end_; }

 private:
  Slot read_slot(uint64_t address) const {
    Slot slot;
    try {
      slot.target = image_.pointer_at(address);
      slot.entry = syscall_entry(image_, kind_, slot.target);
    } catch (const InputError& error) {
      slot.obstacle = error.reason();
    }
    return slot;
  }

  // What follows a table whose end is not known is padding, or data without a name. An entry that
  // leads to a function stays, though no name says that it is a syscall: that is to be reported.
  void drop_tail() {
    const auto leads_somewhere = [&](const Slot& slot) {
      if (!slot.obstacle.empty() || slot.entry.state != SyscallEntry::unnamed) {
        return slot.obstacle.empty();
      }
      const auto symbols = image_.symbols_at(slot.target);
      return std::any_of(symbols.begin(), symbols.end(),
                         [](const Symbol& symbol) { return symbol.kind == SymbolKind::function; });
    };
    while (!slots_.empty() && !leads_somewhere(slots_.back())) {
      slots_.pop_back();
    }
  }

  const Image& image_;
  const TableKind& kind_;
  uint64_t address_;
  uint64_t size_;
  uint64_t stride_;
  bool open_end_;  // its symbol does not say how large it is
  std::vector<Slot> slots_;
};

void add_table(const Image& image, const TableKind& kind, const Table& table,
               std::string_view found_by, Corpus& corpus) {
  size_t implemented = 0;
  size_t stubs = 0;
  size_t unknown = 0;
  for (size_t i = 0; i < table.slots().size(); i++) {
    const Slot& slot = table.slots()[i];
    if (!slot.obstacle.empty()) {
      report(image, kind, table.address_of(i), "entry-unreadable", slot.obstacle, corpus);
      unknown++;
    } else if (slot.entry.state == SyscallEntry::unnamed) {
      report(
          image, kind, table.address_of(i), "entry-unnamed",
          fmt::format("entry {} leads to {:#x}, where no symbol names a syscall", i, slot.target),
          corpus);
      unknown++;
    } else if (slot.entry.state == SyscallEntry::stub) {
      stubs++;
    } else if (slot.entry.state == SyscallEntry::implemented) {
      Syscall syscall;
      syscall.name = to_utf8(slot.entry.name);
      syscall.abi = kind.abi;
      syscall.number = kind.first_number + i;
      syscall.entry = to_utf8(slot.entry.symbol);
      corpus.syscalls.push_back(std::move(syscall));
      implemented++;
    }
  }
  std::string detail =
      fmt::format("{}: {} entries, {} implemented", kind.symbol, table.slots().size(), implemented);
  if (stubs != 0) {
    detail += fmt::format(", {} weak stub{}", stubs, stubs == 1 ? "" : "s");
  }
  if (!found_by.empty()) {
    detail += fmt::format("; {}", found_by);
  } else if (table.open_end()) {
    detail += "; its symbol has no size, so it ends where entries lead to no function";
  }
  corpus.coverage.push_back({fact_of(kind), unknown == 0 ? "complete" : "partial", implemented,
                             implemented + unknown, detail});
}

void read_table(const Image& image, const TableKind& kind, const Symbol& symbol,
                std::string_view found_by, Corpus& corpus) {
  Table table(image, kind, symbol);
  if (table.plausible()) {
    table.read();
  }
  if (!table.slots().empty()) {
    add_table(image, kind, table, found_by, corpus);
    return;
  }
  report(image, kind, symbol.address, "bad-table-size",
         table.plausible()
             ? fmt::format("no entry of {} leads to a function", kind.symbol)
             : fmt::format("{} is {} bytes, which is no table of pointers of {} bytes", kind.symbol,
                           symbol.size, image.bits() / 8),
         corpus);
  corpus.coverage.push_back({fact_of(kind), "unread", 0, 0,
                             table.plausible() ? "none of its entries leads to a function"
                                               : "its size is not that of a table"});
}

}  // namespace

void read_syscall_tables(const Image& image, std::span<const TableKind> kinds, Corpus& corpus) {
  const bool by_content = image.has_symbols() && !names_data(image);
  const auto found = by_content ? find_tables(image, kinds) : std::vector<FoundTable>();
  for (const TableKind& kind : kinds) {
    const auto hit = std::find_if(found.begin(), found.end(),
                                  [&](const FoundTable& table) { return table.kind == &kind; });
    if (const auto symbol = image.symbol(kind.symbol)) {
      read_table(image, kind, *symbol, "", corpus);
    } else if (hit != found.end()) {
      Symbol place;
      place.address = hit->address;
      place.size = hit->size;
      read_table(
          image, kind, place,
          "kallsyms names no data, so it was found by its content: pointers to its functions "
          "in a row, close() in its place",
          corpus);
    } else {
      corpus.coverage.push_back(missing_table(image, kind));
    }
  }
}

}  // namespace kapi
