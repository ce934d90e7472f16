// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as a .config, plain or packed: refused, or lines that say the same when they are read
// again and can be stored.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kapi/source.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  kapi::Corpus corpus;
  try {
    corpus.source.config = kapi::read_config(bytes, "fuzz", corpus.diagnostics);
  } catch (const kapi::InputError&) {
    return 0;
  }
  std::string text = "CONFIG_0=n\n";  // where nothing is set, that is no .config
  for (const std::string& line : corpus.source.config) {
    text += line + "\n";
  }
  std::vector<kapi::Diagnostic> noticed;
  if (kapi::read_config(text, "again", noticed) != corpus.source.config || !noticed.empty()) {
    std::abort();
  }
  const std::string json = kapi::to_json(corpus);
  if (kapi::to_json(kapi::corpus_from_json(json, "fuzz")) != json) {
    std::abort();
  }
  return 0;
}
