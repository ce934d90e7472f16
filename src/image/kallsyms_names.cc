// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "image/kallsyms_search.h"

namespace kapi {
namespace {

constexpr size_t kMaxSymbols = size_t{1} << 22;  // an allyesconfig kernel has some 1,000,000
constexpr size_t kMaxEntry = kMaxKallsymsName + 2;
constexpr size_t kSeqSize = 3;

}  // namespace

KallsymsTables KallsymsSearch::find_others() {
  // The markers' entries are of 32 bits or of a word.
  for (const size_t width : {sizeof(uint32_t), sizeof(uint64_t)}) {
    if (width > tables_.word) {
      break;
    }
    if (names_by_markers_at_tokens(width) || names_by_markers_before_seqs(width)) {
      find_values();
      return tables_;
    }
  }
  fail(tables_.token_table,
       "the kallsyms token table has no names before it whose number and markers agree");
}

// Markers that end where the tokens begin: going back, they fall down to 0.
bool KallsymsSearch::names_by_markers_at_tokens(size_t width) {
  const size_t end = tables_.token_table;
  for (size_t padding = 0; padding < tables_.word; padding += width) {
    if (end < padding + width || !is_padding(end - padding, end)) {
      continue;
    }
    size_t place = end - padding - width;
    uint64_t value = integer(place, width);
    bool falling = true;
    while (value != 0 && falling && place >= width) {
      look(1);
      const uint64_t before = integer(place - width, width);
      falling = before < value;
      value = before;
      place -= width;
    }
    const size_t count = (end - padding - place) / width;
    if (value == 0 && falling && place % tables_.word == 0 &&
        count <= kMaxSymbols / kKallsymsStep && find_names(place, width, count, 0, UINT32_MAX)) {
      return true;
    }
  }
  return false;
}

// Markers that seqs_of_names separates from the tokens: their number and the room that is left
// for so many symbols must agree.
bool KallsymsSearch::names_by_markers_before_seqs(size_t width) {
  const size_t end = tables_.token_table;
  const size_t furthest = (kMaxSymbols / kKallsymsStep) * (width + kSeqSize * kKallsymsStep);
  for (size_t room = tables_.word; room <= std::min(end, furthest); room += tables_.word) {
    const size_t place = end - room;
    look(1);
    if (integer(place, width) != 0) {
      continue;
    }
    const size_t fewest = room / (width + kSeqSize * kKallsymsStep);
    for (size_t count = std::max<size_t>(fewest, 1); count <= fewest + 1; count++) {
      const size_t seqs = align_up(place + width * count, tables_.word);
      const size_t most = seqs < end ? (end - seqs) / kSeqSize : 0;
      const size_t least = most - std::min(most, tables_.word / kSeqSize);
      if (most <= (count - 1) * kKallsymsStep || !rising(place, width, count) ||
          !find_names(place, width, count, least, most)) {
        continue;
      }
      if (!is_padding(seqs + kSeqSize * tables_.count, end)) {
        return false;
      }
      tables_.seqs_of_names = seqs;
      return true;
    }
  }
  return false;
}

bool KallsymsSearch::rising(size_t place, size_t width, size_t count) {
  for (size_t i = 1; i < count; i++) {
    look(1);
    const uint64_t step =
        integer(place + i * width, width) - integer(place + (i - 1) * width, width);
    if (step < 2 * kKallsymsStep || step > kKallsymsStep * kMaxEntry) {
      return false;
    }
  }
  return true;
}

// Names that end where the markers begin. The last marker says where the last of them begin, up
// to 256; before the first one stands the number of all.
bool KallsymsSearch::find_names(size_t markers, size_t width, size_t marker_count, size_t least,
                                size_t most) {
  const size_t word = tables_.word;
  const auto last = integer(markers + (marker_count - 1) * width, width);
  if (!rising(markers, width, marker_count) || last > markers || markers - last < word + 2) {
    return false;
  }
  const size_t highest = (markers - static_cast<size_t>(last) - 2) & ~(word - 1);
  const size_t lowest = highest - std::min(highest, kKallsymsStep * kMaxEntry + word);
  for (size_t names = highest; names >= std::max(lowest, word); names -= word) {
    look(1);
    const auto count = static_cast<size_t>(number_before(names));
    if (count > (marker_count - 1) * kKallsymsStep && count <= marker_count * kKallsymsStep &&
        count >= least && count <= most && walk(names, count, markers, width)) {
      tables_.names = names;
      tables_.markers = markers;
      tables_.count = static_cast<uint32_t>(count);
      return true;
    }
  }
  return false;
}

// num_syms is 32 bits and padding, or a word.
uint64_t KallsymsSearch::number_before(size_t names) const {
  const uint64_t number = integer(names - tables_.word, sizeof(uint32_t));
  if (tables_.word == sizeof(uint32_t) ||
      integer(names - sizeof(uint32_t), sizeof(uint32_t)) == 0) {
    return number;
  }
  return integer(names - tables_.word, tables_.word);
}

bool KallsymsSearch::walk(size_t names, size_t count, size_t markers, size_t width) {
  size_t place = names;
  for (size_t i = 0; i < count; i++) {
    look(1);
    if (i % kKallsymsStep == 0 &&
        integer(markers + i / kKallsymsStep * width, width) != place - names) {
      return false;
    }
    if (place >= markers) {
      return false;
    }
    size_t size = byte(place++);
    if ((size & 0x80) != 0) {
      size = (size & 0x7f) | size_t{byte(place++)} << 7;
    }
    if (size == 0 || size > kMaxKallsymsName || place > markers || size > markers - place) {
      return false;
    }
    place += size;
  }
  tables_.names_end = place;
  return is_padding(place, markers);
}

}  // namespace kapi
