// SPDX-License-Identifier: GPL-2.0-only
// A stored corpus: any bytes are read or refused, and what is read has one stable form.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kapi/model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kapi::Corpus corpus;
  try {
    corpus = kapi::corpus_from_json(text, "fuzz.json");
  } catch (const kapi::InputError&) {
    return 0;
  }
  kapi::canonicalise(corpus);
  const std::string stored = kapi::to_json(corpus);
  kapi::Corpus again = kapi::corpus_from_json(stored, "again.json");
  if (again != corpus) {
    std::abort();
  }
  kapi::canonicalise(again);
  if (kapi::to_json(again) != stored) {
    std::abort();
  }
  return 0;
}
