// SPDX-License-Identifier: GPL-2.0-only
// Where the kallsyms tables of a kernel lie, found by their shape alone.
//
// A kernel prints symbols in its own messages, so its link ends with a few tables of them, written
// by scripts/kallsyms.c into .rodata, each aligned to a word:
//
//   num_syms      the number of symbols, all sorted by address
//   names         of each: a length (one byte; since 6.1 two, if the first has its top bit set),
//                 and so many bytes, each of which stands for a token; the first character of what
//                 the tokens spell is the letter that nm shows, the rest is the name
//   markers       where in `names` every 256th symbol begins
//   token_table   256 texts, each with its NUL
//   token_index   where in `token_table` each of them begins, 16 bits
//   offsets       of each symbol, 32 bits, from
//   relative_base an address; or, with CONFIG_KALLSYMS_BASE_RELATIVE off or before 4.6,
//   addresses     of each symbol, a word
//   seqs_of_names the symbols in order of their names, 24 bits each (since 6.2, and stable 6.1)
//
// Two orders: up to 6.3 what says the addresses comes before num_syms and seqs_of_names after the
// markers; since 6.4 both come last. With CONFIG_KALLSYMS_ABSOLUTE_PERCPU (x86_64 with SMP, until
// 6.14) an offset that is not negative is an address itself, and -1 - x stands for the offset x.
// Before 5.0 num_syms and markers were words.
//
// Nothing names these tables in a stripped image. The token table cannot be mistaken: the digits
// stand for themselves in it, one after the other, and the index beside it must say where each text
// begins. From there each table has to confirm the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "kapi/base.h"

namespace kapi {

struct KallsymsTables {
  enum Encoding { addresses, offsets, percpu_offsets };

  // All places count from the start of the bytes that were searched, whose byte order is `endian`.
  Endian endian = Endian::little;
  size_t word = 8;  // 4 or 8
  uint32_t count = 0;
  size_t names = 0;
  size_t names_end = 0;
  size_t markers = 0;
  size_t token_table = 0;
  size_t token_index = 0;
  Encoding encoding = offsets;
  size_t values = 0;                    // offsets or addresses
  std::optional<size_t> relative_base;  // unless they are addresses
  std::optional<size_t> seqs_of_names;
};

constexpr size_t kMaxKallsymsName = 512;  // KSYM_NAME_LEN, which counts the letter or the NUL
constexpr size_t kTokens = 256;

// The word at a place of the searched bytes as the running kernel has it: a position-independent
// image may hold zero there. An empty function stands for what the bytes hold.
using WordAt = std::function<uint64_t(size_t)>;

}  // namespace kapi
