// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_entry.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

namespace kapi {
namespace {

// An address of code whose lowest bit says which instructions stand there.
bool has_mode_bit(Arch arch) { return arch == Arch::arm || arch == Arch::mips; }

// ELFv1, the calling convention of big-endian ppc64: a function's address is that of a descriptor
// in .opd, whose first word is the address of the code.
bool has_descriptors(const Image& image) {
  return image.arch() == Arch::ppc64 && image.endian() == Endian::big;
}

std::vector<Symbol> symbols_of(const Image& image, uint64_t address) {
  std::vector<Symbol> symbols = image.symbols_at(address);
  if (has_mode_bit(image.arch())) {
    const std::vector<Symbol> marked = image.symbols_at(address ^ 1);
    symbols.insert(symbols.end(), marked.begin(), marked.end());
  }
  if (symbols.empty() && has_descriptors(image) && image.covers(address, 8)) {
    symbols = image.symbols_at(image.pointer_at(address));
  }
  return symbols;
}

// Less is better.
auto preference(const TableKind& kind, const Symbol& symbol, std::string_view entry) {
  const auto index_in = [&](std::span<const std::string_view> prefixes) {
    return static_cast<size_t>(
        std::find_if(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return entry.starts_with(prefix); }) -
        prefixes.begin());
  };
  const size_t native = index_in(kind.native_prefixes);
  const size_t rank =
      native < kind.native_prefixes.size() ? native : native + index_in(kind.compat_prefixes);
  return std::tuple(rank, symbol.binding == Binding::weak, symbol.name.size(), symbol.name);
}

}  // namespace

SyscallEntry syscall_entry(const Image& image, const TableKind& kind, uint64_t address) {
  constexpr std::string_view kNotImplemented = "ni_";
  SyscallEntry entry;
  const std::vector<Symbol> symbols = symbols_of(image, address);
  const Symbol* best = nullptr;
  std::string_view best_name;
  for (const Symbol& symbol : symbols) {
    // ELFv1 names the code ".sys_read".
    const std::string_view text =
        symbol.name.starts_with(".") ? symbol.name.substr(1) : symbol.name;
    const std::string_view name = syscall_name(kind, text);
    // sys_ni_syscall, of whichever ABI, and what stands in for whole subsystems
    // (sys_ni_posix_timers).
    if (text.starts_with("sys_ni_") || text.ends_with("_sys_ni_syscall") ||
        name.starts_with(kNotImplemented)) {
      return {SyscallEntry::not_implemented, std::string(text), ""};
    }
    if (!name.empty() && (best == nullptr ||
                          preference(kind, symbol, text) < preference(kind, *best, entry.symbol))) {
      best = &symbol;
      best_name = name;
      entry.symbol = text;
    }
  }
  if (best != nullptr) {
    // COND_SYSCALL leaves a weak function that returns -ENOSYS; a definition is a strong one.
    entry.state = best->binding == Binding::weak ? SyscallEntry::stub : SyscallEntry::implemented;
    entry.name = best_name;
  }
  return entry;
}

}  // namespace kapi
