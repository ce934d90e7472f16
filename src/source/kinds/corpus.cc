// SPDX-License-Identifier: GPL-2.0-only
// A stored corpus, as `kapitool extract` writes it.
#include <algorithm>

#include "source/kind.h"

namespace kapi {
namespace {

constexpr size_t kMaxSize = size_t{512} << 20;  // 20,000 specs take some 100 MB

bool probe(const Candidate& candidate) { return is_corpus_json(candidate.text()); }

// A fact that the caller does not want is as if it had not been asked for when it was stored.
template <class List>
void drop(Corpus& corpus, List& list, std::string_view fact) {
  list.clear();
  for (auto& coverage : corpus.coverage) {
    if (coverage.fact == fact || coverage.fact.starts_with(std::string(fact) + "/")) {
      coverage = {coverage.fact, "not_asked", 0, 0, ""};
    }
  }
}

Corpus load(const std::string& path, const LoadOptions& options) {
  Corpus corpus = corpus_from_json(read_file(path, kMaxSize), path);
  if (!options.specs) {
    drop(corpus, corpus.apis, "specs");
  }
  if (!options.syscalls) {
    drop(corpus, corpus.syscalls, "syscalls");
    std::erase_if(corpus.coverage,
                  [](const Coverage& c) { return c.fact.starts_with("signatures/"); });
  }
  if (!options.tables) {
    drop(corpus, corpus.sysctls, "sysctls");
    drop(corpus, corpus.cgroup_files, "cgroup_files");
  }
  if (!options.bpf) {
    drop(corpus, corpus.tracepoints, "tracepoints");
    drop(corpus, corpus.kfuncs, "kfuncs");
  }
  return corpus;
}

}  // namespace

extern const InputKindEntry kind_corpus;
const InputKindEntry kind_corpus = {"corpus", "a corpus stored by `kapitool extract`", probe, false,
                                    load};

}  // namespace kapi
