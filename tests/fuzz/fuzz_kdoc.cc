// SPDX-License-Identifier: GPL-2.0-only
// C source with specs, and the header that gives their names numbers: any text is read to its end,
// what is read can be stored, and a file that yields a spec is one that the scan of a tree looks
// at.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kapi/kdoc.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kapi::Constants constants;
  constants.add_header(text);
  kapi::SpecTexts out;
  kapi::read_source_text(text, "fuzz.c", constants, out);
  kapi::Corpus corpus;
  corpus.apis = out.apis;
  corpus.source.origins = out.origins;
  corpus.diagnostics = out.diagnostics;
  kapi::canonicalise(corpus);
  const std::string json = kapi::to_json(corpus);
  if (kapi::to_json(kapi::corpus_from_json(json, "fuzz")) != json ||
      out.origins.size() != out.apis.size()) {
    std::abort();
  }
  (void)kapi::may_hold_specs(text);
  return 0;
}
