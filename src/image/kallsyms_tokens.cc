// SPDX-License-Identifier: GPL-2.0-only
#include <array>
#include <cstring>

#include "image/kallsyms_search.h"

namespace kapi {

// Up to the NUL, or more than any token has.
size_t KallsymsSearch::text_size(size_t place) {
  const size_t limit =
      std::min(bytes_.size() - std::min(place, bytes_.size()), kMaxKallsymsName + 1);
  const auto* begin = bytes_.span().data() + std::min(place, bytes_.size());
  const void* end = limit == 0 ? nullptr : std::memchr(begin, 0, limit);
  const size_t size = end == nullptr
                          ? kMaxKallsymsName + 1
                          : static_cast<size_t>(static_cast<const std::byte*>(end) - begin);
  look(size);
  return size;
}

bool KallsymsSearch::find_tokens(size_t digits) {
  std::array<size_t, kTokens> at = {};
  size_t end = digits;
  for (size_t i = kFirstDigitToken; i < kTokens; i++) {
    at[i] = end;
    const size_t size = text_size(end);
    if (size > kMaxKallsymsName) {
      return false;
    }
    end += size + 1;
  }
  tables_.token_index = align_up(end, tables_.word);
  if (!holds(tables_.token_index, kTokens * sizeof(uint16_t))) {
    return false;
  }
  const size_t before = index(kFirstDigitToken);
  if (before > digits || (digits - before) % tables_.word != 0) {
    return false;
  }
  tables_.token_table = digits - before;
  for (size_t i = 0, place = tables_.token_table; i < kFirstDigitToken; i++) {
    at[i] = place;
    place += text_size(place) + 1;
    if (place > digits || (i == kFirstDigitToken - 1 && place != digits)) {
      return false;
    }
  }
  for (size_t i = 0; i < kTokens; i++) {
    if (index(i) != at[i] - tables_.token_table) {
      return false;
    }
  }
  return true;
}

}  // namespace kapi
