// SPDX-License-Identifier: GPL-2.0-only
// Where a flat image lies in memory. kallsyms says how far its symbols are apart; two things are
// missing: which byte of the image a symbol stands for, and, where a position-independent kernel
// holds zeros, the address that the offsets count from.
//
// The first is told by symbols whose contents cannot be mistaken. The second is the addend of the
// relocation of kallsyms_relative_base. Where no such symbol is known, that relocation tells both:
// its place is the slot's address, and the slot's offset in the image is known. Which of the
// relocations it is shows in what the others point to: with the right base, many addends are the
// address of a symbol; with a wrong one, hardly any.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string_view>

#include "image/flat_parts.h"

namespace kapi {
namespace {

constexpr uint64_t kPage = 4096;
constexpr size_t kEntry = 24;
constexpr size_t kMaxSamples = 1024;
constexpr size_t kMaxCandidates = 1024;

std::string_view text_of(const Cursor& bytes) {
  return {reinterpret_cast<const char*>(bytes.span().data()), bytes.size()};
}

class Finder {
 public:
  Finder(const Cursor& bytes, const Kallsyms& symbols, const std::vector<RelativeRun>& runs)
      : bytes_(bytes), symbols_(symbols), runs_(runs) {
    const auto& tables = symbols.tables();
    if (tables.relative_base) {
      base_ = bytes_.window(*tables.relative_base).unsigned_of(tables.word);
      is_placed_ = base_ != 0 || runs.empty();
    }
  }

  LinkAddress find() {
    const std::set<uint64_t> shifts = shifts_by_contents();
    if (shifts.size() > 1) {
      fail("what symbols stand for lies at places in the image that contradict each other");
    }
    if (!shifts.empty()) {
      shift_ = *shifts.begin();
    }
    return is_placed_ ? by_value() : by_relocation();
  }

 private:
  [[noreturn]] void fail(std::string reason) const {
    bytes_.window(symbols_.tables().values)
        .fail("the kallsyms tables are in order, but " + std::move(reason),
              "name the vmlinux of the same build");
  }

  // Addresses less offsets in the image, by each symbol whose contents are known. Before relocation
  // the addresses may lack the base.
  std::set<uint64_t> shifts_by_contents() const {
    std::set<uint64_t> shifts;
    add_text("linux_banner", "Linux version ", shifts);
    if (const auto btf = symbols_.find("__start_BTF")) {
      if (const auto found = find_btf(bytes_)) {
        shifts.insert(btf->address - found->offset);
      }
    }
    add_call_table(shifts);
    return shifts;
  }

  // There may be more places with that text, but only one puts the symbol a whole number of pages
  // away from where it is in memory and makes sense of it.
  void add_text(std::string_view name, std::string_view contents,
                std::set<uint64_t>& shifts) const {
    const auto symbol = symbols_.find(name);
    if (!symbol) {
      return;
    }
    const std::string_view text = text_of(bytes_);
    for (size_t at = text.find(contents); at != text.npos; at = text.find(contents, at + 1)) {
      if ((symbol->address - at) % kPage == 0) {
        shifts.insert(symbol->address - at);
        return;
      }
    }
  }

  // The entries of read and write, which follow each other in every table that has them.
  void add_call_table(std::set<uint64_t>& shifts) const {
    const auto table = symbols_.find("sys_call_table");
    const auto read = symbols_.find("sys_read");
    const auto write = symbols_.find("sys_write");
    if (!table || !read || !write || !is_placed_) {
      return;
    }
    const size_t word = symbols_.tables().word;
    constexpr uint64_t kRead = 3;  // __NR_read of the ABIs whose entries have no wrappers
    const uint64_t wanted[] = {read->address + base_, write->address + base_};
    for (size_t at = 0; at + 2 * word <= bytes_.size(); at += word) {
      Cursor entries = bytes_.window(at, 2 * word);
      if (entries.unsigned_of(word) == wanted[0] && entries.unsigned_of(word) == wanted[1]) {
        const uint64_t shift = table->address + kRead * word - at;
        if (shift % kPage == 0) {
          shifts.insert(shift);
          return;
        }
      }
    }
  }

  // The words stand in the image as they will be in memory.
  LinkAddress by_value() const {
    if (shift_) {
      return {*shift_ + base_, base_};
    }
    if (begins_with_first()) {
      return checked({symbols_.symbol(0).address + base_, base_});
    }
    fail("no symbol in them says where the image begins");
  }

  // Whether the lowest symbol is what linker scripts call the beginning.
  bool begins_with_first() const {
    const auto symbols = symbols_.at(symbols_.symbol(0).address);
    return std::any_of(symbols.begin(), symbols.end(), [](const Symbol& symbol) {
      return symbol.name == "_text" || symbol.name == "_start";
    });
  }

  LinkAddress by_relocation() const {
    const uint64_t slot = *symbols_.tables().relative_base;
    std::set<std::pair<uint64_t, uint64_t>> candidates;  // image, base
    uint64_t lowest = UINT64_MAX;
    uint64_t first = UINT64_MAX;
    uint64_t last = 0;
    each_entry([&](uint64_t place, uint64_t) {
      first = std::min(first, place);
      last = std::max(last, place);
    });
    each_entry([&](uint64_t place, uint64_t addend) {
      const uint64_t image = place - slot;
      lowest = addend % kPage == 0 && addend != 0 ? std::min(lowest, addend) : lowest;
      if (image % kPage == 0 && image <= first && last - image < bytes_.size() &&
          addend - image < bytes_.size() && (!shift_ || addend + *shift_ == image) &&
          candidates.size() < kMaxCandidates) {
        candidates.emplace(image, addend);
      }
    });
    // A linker may leave the slot to a relocation by symbol, which is not among these.
    if (lowest != UINT64_MAX && (shift_ || begins_with_first())) {
      candidates.emplace(lowest + shift_.value_or(0), lowest);
    }
    std::pair<uint64_t, uint64_t> best;
    size_t most = 0;
    size_t second = 0;
    const std::vector<uint64_t> addends = samples();
    for (const auto& candidate : candidates) {
      const size_t hits = hits_of(addends, candidate.second);
      if (hits > most) {
        second = most;
        most = hits;
        best = candidate;
      } else {
        second = std::max(second, hits);
      }
    }
    if (most == 0 || most < 2 * second) {
      fail("no relocation says for certain where they are in memory");
    }
    return checked({best.first, best.second});
  }

  LinkAddress checked(LinkAddress link) const {
    const Symbol last = symbols_.symbol(symbols_.count() - 1);
    if (link.image % kPage != 0 || link.base - link.image >= bytes_.size() ||
        link.base + last.address < link.image) {
      fail(fmt::format("they lie at {:#x}, and the image at {:#x}", link.base, link.image));
    }
    return link;
  }

  template <typename Do>
  void each_entry(Do act) const {
    for (const RelativeRun& run : runs_) {
      for (size_t i = 0; i < run.count; i++) {
        Cursor entry = bytes_.window(run.offset + i * kEntry, kEntry);
        const uint64_t place = entry.u64();
        entry.skip(8);
        act(place, entry.u64());
      }
    }
  }

  std::vector<uint64_t> samples() const {
    size_t total = 0;
    for (const RelativeRun& run : runs_) {
      total += run.count;
    }
    const size_t step = total / kMaxSamples + 1;
    std::vector<uint64_t> addends;
    size_t i = 0;
    each_entry([&](uint64_t, uint64_t addend) {
      if (i++ % step == 0) {
        addends.push_back(addend);
      }
    });
    return addends;
  }

  size_t hits_of(const std::vector<uint64_t>& addends, uint64_t base) const {
    return static_cast<size_t>(std::count_if(addends.begin(), addends.end(), [&](uint64_t addend) {
      return symbols_.has_address(addend - base);
    }));
  }

  Cursor bytes_;
  const Kallsyms& symbols_;
  const std::vector<RelativeRun>& runs_;
  uint64_t base_ = 0;              // as the image holds it
  bool is_placed_ = true;          // the image holds addresses as they will be in memory
  std::optional<uint64_t> shift_;  // address, counted as the symbols are, less offset in the image
};

}  // namespace

LinkAddress find_link_address(const Cursor& bytes, const Kallsyms& symbols,
                              const std::vector<RelativeRun>& runs) {
  return Finder(bytes, symbols, runs).find();
}

}  // namespace kapi
