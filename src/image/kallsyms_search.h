// SPDX-License-Identifier: GPL-2.0-only
// The search for kallsyms tables from one token table on: tokens, names, then addresses, each in a
// source file of its own.
#pragma once

#include "image/kallsyms_tables.h"

namespace kapi {

constexpr size_t kKallsymsStep = 256;  // symbols from one marker to the next
constexpr size_t kFirstDigitToken = '0';

constexpr size_t align_up(size_t value, size_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

class KallsymsSearch {
 public:
  // `looks` counts the bytes and entries that were looked at by all searches of one image.
  KallsymsSearch(const Cursor& bytes, size_t word, const WordAt& word_at, size_t& looks)
      : bytes_(bytes), word_at_(word_at), looks_(looks) {
    tables_.endian = bytes.endian();
    tables_.word = word;
  }

  // Whether the digits at this place are the tokens of a table that has its index beside it.
  bool find_tokens(size_t digits);
  // The other tables around these tokens. Throws InputError if there are none that agree.
  KallsymsTables find_others();

  // What is looked at, in all, for each byte of the image; a table that is in order needs some 3.
  static bool is_exhausted(size_t looks, size_t bytes);

 private:
  bool holds(size_t place, size_t size) const {
    return place <= bytes_.size() && size <= bytes_.size() - place;
  }
  // Counts what is read, and refuses to go on for ever.
  void look(size_t count);
  uint64_t integer(size_t place, size_t size) const {
    Cursor at = bytes_;
    at.seek(place);
    return at.unsigned_of(size);
  }
  uint8_t byte(size_t place) const { return static_cast<uint8_t>(bytes_.span()[place]); }
  size_t index(size_t token) const {
    return static_cast<size_t>(integer(tables_.token_index + 2 * token, 2));
  }
  bool is_padding(size_t from, size_t to) const;
  size_t text_size(size_t place);
  [[noreturn]] void fail(size_t place, std::string reason) const;

  bool names_by_markers_at_tokens(size_t width);
  bool names_by_markers_before_seqs(size_t width);
  bool rising(size_t markers, size_t width, size_t count);
  bool find_names(size_t markers, size_t width, size_t marker_count, size_t least, size_t most);
  uint64_t number_before(size_t names) const;
  bool walk(size_t names, size_t count, size_t markers, size_t width);

  void find_values();
  bool take_offsets(size_t place, size_t base);
  bool take_addresses(size_t place);
  void take_seqs(size_t place);
  void check_seqs();

  Cursor bytes_;
  const WordAt& word_at_;
  size_t& looks_;
  KallsymsTables tables_;
};

}  // namespace kapi
