// SPDX-License-Identifier: GPL-2.0-only
// Specs in any image: bytes that are no image at all, or whose types, symbols, sections, counts and
// pointers lie. What is read is a corpus that can be stored and read back, and no more than there
// is room for.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/spec.h"
#include "kapi/types.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kapi::Corpus corpus;
  try {
    const auto image = kapi::Image::from_memory(std::as_bytes(std::span(data, size)), "fuzz");
    const auto types = kapi::open_types(image, corpus.diagnostics);
    kapi::read_specs(image, *types, corpus);
  } catch (const kapi::InputError&) {
    return 0;  // no image
  }
  if (kapi::find_coverage(corpus, "specs") == nullptr) {
    std::abort();
  }
  kapi::canonicalise(corpus);
  const std::string json = kapi::to_json(corpus);
  if (kapi::to_json(kapi::corpus_from_json(json, "fuzz")) != json) {
    std::abort();
  }
  return 0;
}
