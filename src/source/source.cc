// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <filesystem>

#include "kapi/image.h"
#include "source/config.h"
#include "source/constants.h"
#include "source/kind.h"
#include "source/member_name.h"
#include "source/named_values.h"

namespace kapi {
namespace {

// What to give instead of a file of no known kind.
std::string expected_kinds() {
  std::string kinds;
  for (const auto& kind : input_kinds()) {
    kinds += fmt::format("{}{}", kinds.empty() ? "" : "; ", kind.summary);
  }
  return "expected one of: " + kinds;
}

}  // namespace

std::vector<InputKind> input_kinds() {
  std::vector<InputKind> kinds;
  for (const auto* kind : kind_table()) {
    kinds.push_back({kind->name, kind->summary});
  }
  return kinds;
}

std::vector<InputKind> requestable_kinds() {
  std::vector<InputKind> kinds;
  for (const auto* kind : kind_table()) {
    if (kind->by_request) {
      kinds.push_back({kind->name, kind->summary});
    }
  }
  return kinds;
}

Corpus load_input(const std::string& path, const LoadOptions& options) {
  std::error_code ignored;  // what cannot be looked at is told when it is opened
  const InputName name = split_input_name(path);
  const bool is_folder = std::filesystem::is_directory(name.file, ignored);
  const std::string head = is_folder ? std::string() : read_head(name.file, kKernelHead);
  if (head.empty() && !is_folder) {
    throw InputError({path, "", std::nullopt}, "the file is empty", expected_kinds());
  }
  const Candidate candidate{name.file, is_folder, std::as_bytes(std::span(head))};
  const InputKindEntry* chosen = nullptr;
  for (const auto* kind : kind_table()) {
    const bool asked = kind->by_request && kind->name == options.kind;
    const bool may = !kind->by_request || options.kind.empty();
    if (asked && chosen == nullptr) {
      chosen = kind;
    } else if (may && kind->probe(candidate)) {
      chosen = kind;  // what says itself what it is comes before what was asked for
      break;
    }
  }
  if (chosen == nullptr) {
    throw InputError(
        {path, "", std::nullopt},
        is_folder ? "is a folder of no kind that can be read" : "is of no kind that can be read",
        expected_kinds());
  }
  if (!name.member.empty() && chosen->name != "package") {
    throw InputError({name.file, "", std::nullopt},
                     fmt::format("is no package, so there is no {} in it", to_utf8(name.member)));
  }
  LoadOptions with_names = options;
  std::vector<Diagnostic> noticed;
  with_names.names = std::make_shared<const Constants>(load_constants(options, noticed));
  Corpus corpus = chosen->load(path, with_names);
  corpus.diagnostics.insert(corpus.diagnostics.end(), noticed.begin(), noticed.end());
  if (!options.uapi.empty() && options.types) {
    add_header_constants(*with_names.names, corpus);
  }
  if (!options.config.empty()) {
    read_given_config(options.config, corpus);
  }
  canonicalise(corpus);
  return corpus;
}

}  // namespace kapi
