// SPDX-License-Identifier: GPL-2.0-only
// Static tables in any image: bytes that are no image at all, or whose types, symbols, pointers,
// counts and texts lie. What is read is a corpus that can be stored and read back.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/tables.h"
#include "kapi/types.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kapi::Corpus corpus;
  try {
    const auto image = kapi::Image::from_memory(std::as_bytes(std::span(data, size)), "fuzz");
    const auto types = kapi::open_types(image, corpus.diagnostics);
    kapi::read_tables(image, *types, corpus);
    kapi::read_bpf_tables(image, *types, corpus);
  } catch (const kapi::InputError&) {
    return 0;  // no image
  }
  for (const char* fact : {"sysctls", "cgroup_files", "tracepoints", "kfuncs"}) {
    if (kapi::find_coverage(corpus, fact) == nullptr) {
      std::abort();
    }
  }
  kapi::canonicalise(corpus);
  const std::string json = kapi::to_json(corpus);
  if (kapi::to_json(kapi::corpus_from_json(json, "fuzz")) != json) {
    std::abort();
  }
  return 0;
}
