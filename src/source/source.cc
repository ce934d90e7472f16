// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <filesystem>

#include "source/config.h"
#include "source/constants.h"
#include "source/kind.h"
#include "source/named_values.h"

namespace kapi {
namespace {

constexpr size_t kHeadSize = 4096;

// What a file of no known kind probably is, and what to do with it.
std::string hint_for(std::string_view head) {
  if (head.starts_with("MZ") || (head.size() > 0x206 && head.substr(0x202, 4) == "HdrS")) {
    return "this is a compressed kernel image; give the vmlinux it was made from (Debian: package "
           "linux-image-…-dbg, or the kernel's scripts/extract-vmlinux)";
  }
  if (head.starts_with("!<arch>\ndebian-binary")) {
    return "this is a Debian package; unpack it with dpkg-deb -x and give the vmlinux in it";
  }
  // gzip, xz, zstd, bzip2, lz4.
  for (const std::string_view magic :
       {"\x1f\x8b", "\xfd\x37zXZ", "\x28\xb5\x2f\xfd", "BZh", "\x04\x22\x4d\x18"}) {
    if (head.starts_with(magic)) {
      return "this is a compressed file; unpack it first";
    }
  }
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
  const bool is_folder = std::filesystem::is_directory(path, ignored);
  const std::string head = is_folder ? std::string() : read_head(path, kHeadSize);
  if (head.empty() && !is_folder) {
    throw InputError({path, "", std::nullopt}, "the file is empty", hint_for(head));
  }
  const Candidate candidate{path, is_folder, std::as_bytes(std::span(head))};
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
        hint_for(head));
  }
  Corpus corpus = chosen->load(path, options);
  if (!options.uapi.empty()) {
    std::optional<Constants> constants;
    name_values(corpus, [&](const std::string& group) {
      if (!constants) {
        constants = load_constants(options, corpus.diagnostics);
      }
      return constants->with_prefix(group);
    });
  }
  if (!options.config.empty()) {
    read_given_config(options.config, corpus);
  }
  canonicalise(corpus);
  return corpus;
}

}  // namespace kapi
