// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace kapi {
namespace {

// No architecture comes near this many syscalls; a larger table is a lie.
constexpr uint64_t kMaxEntries = 8192;

constexpr std::string_view kX64Native[] = {"__x64_sys_"};
constexpr std::string_view kX64Compat[] = {"__x64_compat_sys_", "__x32_compat_sys_"};
constexpr std::string_view kIa32Native[] = {"__ia32_sys_"};
constexpr std::string_view kIa32Compat[] = {"__ia32_compat_sys_"};
constexpr std::string_view kArm64Native[] = {"__arm64_sys_"};
constexpr std::string_view kArm64Compat[] = {"__arm64_compat_sys_"};

constexpr TableKind kKinds[] = {
    {Arch::x86_64, "x86_64", "sys_call_table", "x64_sys_call", kX64Native, kX64Compat},
    {Arch::x86_64, "ia32", "ia32_sys_call_table", "ia32_sys_call", kIa32Native, kIa32Compat},
    {Arch::x86_64, "x32", "x32_sys_call_table", "x32_sys_call", kX64Native, kX64Compat},
    {Arch::arm64, "arm64", "sys_call_table", "", kArm64Native, kArm64Compat},
};

// What stands behind one number.
struct Entry {
  enum { implemented, not_implemented, stub, unnamed } state = unnamed;
  std::string symbol;
  std::string name;
};

std::optional<std::string_view> without_prefix(std::string_view symbol,
                                               std::span<const std::string_view> prefixes) {
  for (const auto prefix : prefixes) {
    if (symbol.starts_with(prefix) && symbol.size() > prefix.size()) {
      return symbol.substr(prefix.size());
    }
  }
  return std::nullopt;
}

// An address has many names (a syscall without arguments is the same code for every ABI); the one
// that this table's macro made is looked for first.
Entry entry_at(const Image& image, const TableKind& kind, uint64_t address) {
  Entry entry;
  for (const auto& symbol : image.symbols_at(address)) {
    auto name = without_prefix(symbol.name, kind.native_prefixes);
    if (!name) {
      name = without_prefix(symbol.name, kind.compat_prefixes);
    }
    // sys_ni_syscall, and what stands in for whole subsystems (sys_ni_posix_timers).
    if (symbol.name.starts_with("sys_ni_") || (name && *name == "ni_syscall")) {
      return {Entry::not_implemented, std::string(symbol.name), ""};
    }
    if (name && entry.state == Entry::unnamed) {
      // COND_SYSCALL leaves a weak function that returns -ENOSYS; a definition is a strong one.
      const bool weak = symbol.binding == Binding::weak;
      entry = {weak ? Entry::stub : Entry::implemented, std::string(symbol.name),
               std::string(*name)};
    }
  }
  return entry;
}

void report(const Image& image, const TableKind& kind, uint64_t address, std::string code,
            std::string message, Corpus& corpus) {
  const auto location = image.locate(address);
  corpus.diagnostics.push_back({Level::error, std::move(code), fmt::format("syscalls/{}", kind.abi),
                                std::move(message), location ? location->section : "",
                                location ? std::optional(location->file_offset) : std::nullopt});
}

Coverage missing_table(const Image& image, const TableKind& kind) {
  const std::string fact = fmt::format("syscalls/{}", kind.abi);
  if (!image.has_symbols()) {
    return {fact, "unread", 0, 0, "the image has no symbol table to find it by"};
  }
  if (!kind.dispatcher.empty() && image.symbol(kind.dispatcher)) {
    return {fact, "absent", 0, 0,
            fmt::format("this kernel dispatches by code ({}) and has no table", kind.dispatcher)};
  }
  return {fact, "absent", 0, 0, fmt::format("the image has no {}", kind.symbol)};
}

}  // namespace

std::span<const TableKind> table_kinds() { return kKinds; }

bool is_native(const TableKind& kind, std::string_view entry) {
  return without_prefix(entry, kind.native_prefixes).has_value();
}

void read_syscall_table(const Image& image, const TableKind& kind, Corpus& corpus) {
  const auto table = image.symbol(kind.symbol);
  if (!table) {
    corpus.coverage.push_back(missing_table(image, kind));
    return;
  }
  const uint64_t stride = image.bits() / 8;
  const uint64_t count = table->size / stride;
  const std::string fact = fmt::format("syscalls/{}", kind.abi);
  if (count == 0 || count > kMaxEntries || table->size % stride != 0) {
    report(image, kind, table->address, "bad-table-size",
           fmt::format("{} is {} bytes, which is no table of pointers of {} bytes", kind.symbol,
                       table->size, stride),
           corpus);
    corpus.coverage.push_back({fact, "unread", 0, 0, "its size is not that of a table"});
    return;
  }
  size_t implemented = 0;
  size_t stubs = 0;
  size_t unknown = 0;
  for (uint64_t number = 0; number < count; number++) {
    const uint64_t slot = table->address + number * stride;
    uint64_t address = 0;
    try {
      address = image.pointer_at(slot);
    } catch (const InputError& error) {
      report(image, kind, slot, "entry-unreadable", error.reason(), corpus);
      unknown++;
      continue;
    }
    Entry entry = entry_at(image, kind, address);
    switch (entry.state) {
      case Entry::implemented:
        corpus.syscalls.push_back({std::move(entry.name),
                                   std::string(kind.abi),
                                   number,
                                   std::move(entry.symbol),
                                   false,
                                   {}});
        implemented++;
        break;
      case Entry::stub:
        stubs++;
        break;
      case Entry::unnamed:
        report(image, kind, slot, "entry-unnamed",
               fmt::format("entry {} leads to {:#x}, where no symbol names a syscall", number,
                           address),
               corpus);
        unknown++;
        break;
      case Entry::not_implemented:
        break;
    }
  }
  std::string detail =
      fmt::format("{}: {} entries, {} implemented", kind.symbol, count, implemented);
  if (stubs != 0) {
    detail += fmt::format(", {} weak stub{}", stubs, stubs == 1 ? "" : "s");
  }
  corpus.coverage.push_back(
      {fact, unknown == 0 ? "complete" : "partial", implemented, implemented + unknown, detail});
}

}  // namespace kapi
