// SPDX-License-Identifier: GPL-2.0-only
// What debugfs shows of a spec: any bytes are read as each form, and what was read can be merged,
// stored and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "kapi/kdoc.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kapi::Corpus corpus;
  corpus.source.kind = "debugfs";
  for (const auto& entry : kapi::read_debugfs_list(text, "list", corpus.diagnostics)) {
    kapi::Api api;
    api.name = entry.name;
    api.description = entry.description;
    corpus.apis.push_back(std::move(api));
  }
  const auto as_text = kapi::read_debugfs_text(text, "specs/fuzz", corpus.diagnostics);
  // JSON with the text of another file would be merged as well.
  const auto as_json = kapi::read_debugfs_json(text, "specs-json/fuzz", corpus.diagnostics);
  const kapi::DebugfsSpec none;
  corpus.apis.push_back(
      kapi::merge_debugfs(as_text ? *as_text : none, as_json ? *as_json : none).api);
  for (const auto& spec : {as_text, as_json}) {
    if (spec) {
      corpus.apis.push_back(spec->api);
    }
  }
  kapi::canonicalise(corpus);
  if (kapi::corpus_from_json(kapi::to_json(corpus), "again.json") != corpus) {
    std::abort();
  }
  return 0;
}
