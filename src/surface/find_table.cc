// SPDX-License-Identifier: GPL-2.0-only
#include "surface/find_table.h"

#include <algorithm>
#include <unordered_map>

#include "surface/syscall_entry.h"
#include "surface/word_scan.h"

namespace kapi {
namespace {

// Shorter runs are something else: tables of wrappers, lists for error injection.
constexpr uint64_t kMinEntries = 128;
// No architecture comes near this many syscalls.
constexpr uint64_t kMaxEntries = 8192;
constexpr size_t kMaxRuns = 256;  // for each kind; more are no kernel's

struct Run {
  uint64_t address = 0;
  uint64_t count = 0;

  uint64_t end(uint64_t stride) const { return address + count * stride; }
};

class Search {
 public:
  Search(const Image& image, std::span<const TableKind> kinds)
      : image_(image),
        kinds_(kinds),
        stride_(image.bits() / 8),
        open_(kinds.size()),
        runs_(kinds.size()) {}

  std::vector<FoundTable> run() {
    for (size_t i = 0; i < kinds_.size(); i++) {
      collect_entries(i);
    }
    std::vector<FoundTable> found;
    if (entries_.empty()) {
      return found;
    }
    scan_words(image_, [&](uint64_t address, uint64_t value) { step(address, kinds_of(value)); });
    for (size_t i = 0; i < kinds_.size(); i++) {
      if (const auto table = choose(i)) {
        found.push_back({&kinds_[i], table->address, with_unnamed(i, *table) * stride_});
      }
    }
    part(found);
    return found;
  }

 private:
  void collect_entries(size_t index) {
    const TableKind& kind = kinds_[index];
    const auto add = [&](std::string_view prefix) {
      for (const Symbol& symbol : image_.symbols_with_prefix(prefix)) {
        entries_[symbol.address] |= 1U << index;
      }
    };
    add("sys_ni_");
    for (const auto prefix : kind.native_prefixes) {
      add(prefix);
    }
    for (const auto prefix : kind.compat_prefixes) {
      add(prefix);
    }
  }

  uint32_t kinds_of(uint64_t value) const {
    const auto found = entries_.find(value);
    return found == entries_.end() ? 0 : found->second;
  }

  void step(uint64_t address, uint32_t kinds) {
    for (size_t i = 0; i < open_.size(); i++) {
      Run& run = open_[i];
      if ((kinds >> i & 1) != 0) {
        run.address = run.count == 0 ? address : run.address;
        run.count++;
      } else if (run.count != 0) {
        if (run.count >= kMinEntries && run.count <= kMaxEntries && runs_[i].size() < kMaxRuns) {
          runs_[i].push_back(run);
        }
        run = {};
      }
    }
  }

  // A stretch of a table that has other entries besides is no table of its own.
  bool within_another(size_t index, const Run& run) const {
    for (size_t i = 0; i < runs_.size(); i++) {
      for (const Run& other : runs_[i]) {
        if (i != index && other.count > run.count && other.address <= run.address &&
            run.end(stride_) <= other.end(stride_)) {
          return true;
        }
      }
    }
    return false;
  }

  std::string name_at(const TableKind& kind, uint64_t address) const {
    return syscall_entry(image_, kind, image_.pointer_at(address)).name;
  }

  // Whether a function that only a kernel with this ABI has is among the entries; the kernel's own
  // ABI is that of a table which has none of another's.
  bool is_of(size_t index, const Run& run) const {
    for (uint64_t slot = 0; slot < run.count; slot++) {
      const uint64_t target = image_.pointer_at(run.address + slot * stride_);
      const SyscallEntry own = syscall_entry(image_, kinds_[0], target);
      // One function serves several ABIs where nothing is implemented, or without arguments.
      if (own.state == SyscallEntry::not_implemented || is_native(kinds_[0], own.symbol)) {
        continue;
      }
      for (size_t i = 1; i < kinds_.size(); i++) {
        const std::string symbol = syscall_entry(image_, kinds_[i], target).symbol;
        const auto& signs = kinds_[i].signs;
        if (std::any_of(signs.begin(), signs.end(),
                        [&](std::string_view sign) { return symbol.starts_with(sign); })) {
          return i == index;
        }
      }
    }
    return index == 0;
  }

  // A run may begin early, with a pointer to an entry that lies before the table by chance.
  std::optional<Run> table_in(const TableKind& kind, const Run& run) const {
    for (uint64_t slot = kind.close_index; slot < std::min<uint64_t>(run.count, 256); slot++) {
      if (name_at(kind, run.address + slot * stride_) == "close") {
        const uint64_t skipped = slot - kind.close_index;
        return Run{run.address + skipped * stride_, run.count - skipped};
      }
    }
    return std::nullopt;
  }

  // An entry whose function is not named like one breaks the run, and its like go on behind it: it
  // belongs to the table, whose reader then reports it.
  uint64_t with_unnamed(size_t index, const Run& table) const {
    constexpr uint64_t kMore = 16;
    uint64_t count = table.count;
    for (uint64_t i = table.count; i < count + kMore; i++) {
      const uint64_t address = table.address + i * stride_;
      if (!image_.covers(address, stride_) || count > kMaxEntries) {
        break;
      }
      try {
        count = (kinds_of(image_.pointer_at(address)) >> index & 1) != 0 ? i + 1 : count;
      } catch (const InputError&) {
        break;
      }
    }
    return count;
  }

  // The one run that can be the table; nothing if there are several.
  std::optional<Run> choose(size_t index) const {
    std::optional<Run> chosen;
    for (const Run& run : runs_[index]) {
      const auto table = within_another(index, run) || !is_of(index, run)
                             ? std::nullopt
                             : table_in(kinds_[index], run);
      if (table && chosen) {
        return std::nullopt;
      }
      chosen = table ? table : chosen;
    }
    return chosen;
  }

  // Tables of two ABIs may lie one behind the other, and have entries in common (sys_ni_syscall).
  static void part(std::vector<FoundTable>& tables) {
    for (FoundTable& table : tables) {
      for (const FoundTable& other : tables) {
        if (other.address > table.address) {
          table.size = std::min(table.size, other.address - table.address);
        }
      }
    }
  }

  const Image& image_;
  std::span<const TableKind> kinds_;
  uint64_t stride_;
  std::unordered_map<uint64_t, uint32_t> entries_;  // of which kinds an address is an entry
  std::vector<Run> open_;                           // by kind
  std::vector<std::vector<Run>> runs_;              // by kind
};

}  // namespace

std::vector<FoundTable> find_tables(const Image& image, std::span<const TableKind> kinds) {
  return Search(image, kinds).run();
}

}  // namespace kapi
