// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <optional>

#include "image/kallsyms_tables.h"

namespace kapi {

// Nothing if there is no token table. Throws InputError if there is one, and the tables around it
// are not there or contradict each other. `word` is the size of an address, if that is known;
// `any_endian` says that the byte order of `bytes` is not to be relied on. The time is linear in
// the size of the bytes, whatever they hold.
std::optional<KallsymsTables> find_kallsyms(const Cursor& bytes, std::optional<size_t> word,
                                            bool any_endian, const WordAt& word_at);

}  // namespace kapi
