// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <vector>

#include "image/kallsyms_search.h"

namespace kapi {
namespace {

constexpr size_t kSeqSize = 3;

}  // namespace

// What says the addresses: after the token index, where seqs_of_names must follow, or before the
// number of symbols.
void KallsymsSearch::find_values() {
  const size_t word = tables_.word;
  const size_t count = tables_.count;
  const size_t after = align_up(tables_.token_index + kTokens * sizeof(uint16_t), word);
  const size_t base_after = align_up(after + count * sizeof(uint32_t), word);
  std::optional<InputError> refusal;
  if (tables_.seqs_of_names) {
    check_seqs();
  } else {
    try {
      if (take_offsets(after, base_after)) {
        return take_seqs(base_after + word);
      }
      if (take_addresses(after)) {
        return take_seqs(after + count * word);
      }
    } catch (const InputError& error) {
      tables_.seqs_of_names.reset();
      refusal = error;
    }
  }
  const size_t number = tables_.names - word;
  const size_t offsets_size = align_up(count * sizeof(uint32_t), word) + word;
  const bool fits = number >= offsets_size;
  if ((fits && take_offsets(number - offsets_size, number - word)) ||
      (number >= count * word && take_addresses(number - count * word))) {
    return;
  }
  if (refusal) {
    throw InputError(*refusal);
  }
  fail(tables_.names,
       fmt::format("{} kallsyms names have neither before nor after them a table of as many "
                   "addresses in ascending order",
                   count));
}

bool KallsymsSearch::take_offsets(size_t place, size_t base) {
  if (!holds(place, tables_.count * sizeof(uint32_t)) || !holds(base, tables_.word)) {
    return false;
  }
  look(tables_.count);
  bool plain = integer(place, 4) == 0;
  bool percpu = true;
  Cursor bytes = bytes_.window(place, tables_.count * sizeof(uint32_t));
  uint32_t last = 0;
  bool relative = false;
  for (uint32_t i = 0; i < tables_.count && (plain || percpu); i++) {
    const uint32_t value = bytes.u32();
    plain = plain && value >= last;
    // Absolute ones first, which rise; then -1, as the lowest is the base itself, and falling.
    const bool negative = static_cast<int32_t>(value) < 0;
    percpu = percpu && (negative ? (relative ? value <= last : value == UINT32_MAX)
                                 : (!relative && value >= last));
    relative = relative || negative;
    last = value;
  }
  plain = plain && last != 0;  // zeros are in order too
  percpu = percpu && relative;
  if (!plain && !percpu) {
    return false;
  }
  tables_.encoding = plain ? KallsymsTables::offsets : KallsymsTables::percpu_offsets;
  tables_.values = place;
  tables_.relative_base = base;
  return true;
}

bool KallsymsSearch::take_addresses(size_t place) {
  if (!holds(place, tables_.count * tables_.word)) {
    return false;
  }
  look(tables_.count);
  uint64_t last = 0;
  for (uint32_t i = 0; i < tables_.count; i++) {
    const size_t at = place + i * tables_.word;
    const uint64_t value = word_at_ ? word_at_(at) : integer(at, tables_.word);
    if (value < last || (i + 1 == tables_.count && value == 0)) {
      return false;
    }
    last = value;
  }
  tables_.encoding = KallsymsTables::addresses;
  tables_.relative_base.reset();
  tables_.values = place;
  return true;
}

void KallsymsSearch::take_seqs(size_t place) {
  if (!holds(place, kSeqSize * tables_.count)) {
    fail(tables_.values, "the image ends within the kallsyms tables");
  }
  tables_.seqs_of_names = place;
  check_seqs();
}

// Each symbol is in it once.
void KallsymsSearch::check_seqs() {
  look(tables_.count);
  std::vector<bool> seen(tables_.count);
  size_t place = *tables_.seqs_of_names;
  for (uint32_t i = 0; i < tables_.count; i++, place += kSeqSize) {
    const uint32_t symbol =
        uint32_t{byte(place)} << 16 | uint32_t{byte(place + 1)} << 8 | uint32_t{byte(place + 2)};
    if (symbol >= tables_.count || seen[symbol]) {
      fail(place,
           fmt::format("entry {} of kallsyms_seqs_of_names is symbol {}, {}", i, symbol,
                       symbol >= tables_.count ? fmt::format("and there are {}", tables_.count)
                                               : "which it holds already"));
    }
    seen[symbol] = true;
  }
}

}  // namespace kapi
