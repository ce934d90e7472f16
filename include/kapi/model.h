// SPDX-License-Identifier: GPL-2.0-only
// model: the canonical form of what one input promises, whatever it was read from.
//
//   Corpus corpus = ...;                        // from an image, a source tree, a stored corpus
//   canonicalise(corpus);                       // one order for all
//   std::string json = to_json(corpus);         // same input, same bytes, on any machine
//   Corpus again = corpus_from_json(json, "a.json");
//
// Each struct lists its members once, in `members(self, visit)`. JSON both ways, the JSON Schema
// and the comparison are derived from that list, so a member cannot be written and not read, or
// read and not compared. Conventions: an empty string, an empty list and an empty optional mean
// "absent" and are not written (except for what identifies an element: name, fact, state, abi,
// entry, subject of an origin, type of a constraint); enumerations are lower-case kernel tokens
// ("caller_held"), and a number without a known token is "unknown_17"; the order of params, fields
// and state transitions is meaning, every other list is sorted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"
#include "kapi/model/api.h"
#include "kapi/model/source.h"
#include "kapi/model/surface.h"
#include "kapi/model/value_set.h"

namespace kapi {

inline constexpr int kCorpusSchema = 3;

struct Corpus {
  int schema = kCorpusSchema;
  Source source;
  std::vector<Coverage> coverage;        // sorted by fact
  std::vector<Api> apis;                 // sorted by name
  std::vector<Syscall> syscalls;         // sorted by ABI and number
  std::vector<Struct> types;             // layouts of structs and unions; sorted by name and kind
  std::vector<Constant> constants;       // sorted by name
  std::vector<Sysctl> sysctls;           // sorted by name
  std::vector<CgroupFile> cgroup_files;  // sorted by name
  std::vector<Tracepoint> tracepoints;   // sorted by name
  std::vector<Kfunc> kfuncs;             // sorted by name
  std::vector<Diagnostic> diagnostics;

  bool operator==(const Corpus&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("schema", self.schema);
    visit("source", self.source);
    visit("coverage", self.coverage);
    visit("apis", self.apis);
    visit("syscalls", self.syscalls);
    visit("types", self.types);
    visit("constants", self.constants);
    visit("sysctls", self.sysctls);
    visit("cgroup_files", self.cgroup_files);
    visit("tracepoints", self.tracepoints);
    visit("kfuncs", self.kfuncs);
    visit("diagnostics", self.diagnostics);
  }
};

// Puts every list whose order is no meaning into its one order. Stable, and idempotent.
void canonicalise(Corpus& corpus);

// The coverage of a fact, or null.
const Coverage* find_coverage(const Corpus& corpus, std::string_view fact);

// UTF-8, two-space indent, trailing newline.
std::string to_json(const Corpus& corpus);
std::string to_json(const Api& api);
// Throws InputError: not JSON, not a corpus, a schema version that is not kCorpusSchema, a member
// that is missing, unknown, there twice or of the wrong type (with its JSON pointer as the section
// of its Place). Keeps the order of the file: canonicalise() what somebody else may have written.
Corpus corpus_from_json(std::string_view text, const std::string& file);
// Whether the text begins like a stored corpus, to tell inputs apart.
bool is_corpus_json(std::string_view text);
// JSON Schema (2020-12) of a stored corpus.
std::string corpus_json_schema();

}  // namespace kapi
