// SPDX-License-Identifier: GPL-2.0-only
// Specs in C source: a kernel tree, a folder of one, or one file.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "source/constants.h"
#include "source/file_tree.h"
#include "source/kind.h"

namespace kapi {
namespace {

constexpr size_t kMaxFile = size_t{64} << 20;  // the largest header of a kernel takes 20 MB

bool is_c(std::string_view name) { return name.ends_with(".c") || name.ends_with(".h"); }

bool probe(const Candidate& candidate) {
  return candidate.is_folder ||
         (is_c(candidate.path) && candidate.text().find('\0') == std::string_view::npos);
}

// "6.12.0" from the Makefile at the top of a tree; empty if there is none.
std::string release_of(const std::string& folder) {
  const std::string path = folder + "/Makefile";
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return {};
  }
  std::map<std::string, std::string, std::less<>> values;
  const std::string head = read_head(path, 4096);
  for (size_t at = 0; at < head.size();) {
    const size_t end = std::min(head.find('\n', at), head.size());
    const std::string line = head.substr(at, end - at);
    const size_t equals = line.find(" = ");
    if (equals != line.npos) {
      values.emplace(line.substr(0, equals), line.substr(equals + 3));
    }
    at = end + 1;
  }
  if (values["VERSION"].empty() || values["PATCHLEVEL"].empty()) {
    return {};
  }
  return fmt::format("{}.{}.{}{}", values["VERSION"], values["PATCHLEVEL"],
                     values["SUBLEVEL"].empty() ? "0" : values["SUBLEVEL"], values["EXTRAVERSION"]);
}

// A second spec of one name leaves open which of the two a kernel would be built with.
void report_duplicates(SpecTexts& texts) {
  std::map<std::string, std::string> first;
  for (const Origin& origin : texts.origins) {
    const auto [known, added] = first.emplace(origin.subject, origin.section);
    if (!added) {
      texts.diagnostics.push_back({Level::error, "duplicate-api", origin.subject,
                                   fmt::format("a second spec of {}; the first stands at {}",
                                               origin.subject, known->second),
                                   origin.section, std::nullopt});
    }
  }
}

Coverage coverage_of(const SpecTexts& texts, size_t scanned, size_t unread) {
  const size_t count = texts.apis.size();
  const std::string files = fmt::format("{} file{} of C", scanned, scanned == 1 ? "" : "s");
  if (unread != 0) {
    return {"specs", count == 0 ? "unread" : "partial", count, count,
            fmt::format("{}, {} of which could not be read", files, unread)};
  }
  if (count == 0) {
    return {"specs", "absent", 0, 0, fmt::format("no spec in {}", files)};
  }
  return {"specs", "complete", count, count,
          fmt::format("{}, in the form of {}", files, fmt::join(texts.forms, ", "))};
}

Corpus load(const std::string& path, const LoadOptions& options) {
  Corpus corpus;
  corpus.source.kind = "source";
  corpus.source.file = to_utf8(std::filesystem::path(path + "/").parent_path().filename().string());
  corpus.source.format = "C";
  corpus.coverage.push_back(
      {"syscalls", "absent", 0, 0, "a source text has no syscall table; an image has"});
  if (!options.specs) {
    corpus.coverage.push_back({"specs", "not_asked", 0, 0, ""});
    return corpus;
  }
  std::vector<std::string> files = {std::filesystem::path(path).filename().string()};
  std::string folder = std::filesystem::path(path).parent_path().string();
  std::vector<std::string> marked = files;
  if (std::filesystem::is_directory(path)) {
    folder = path;
    corpus.source.release = release_of(folder);
    files = files_below(folder, is_c, corpus.diagnostics);
    if (files.empty()) {
      throw InputError({path, "", std::nullopt}, "is a directory that holds no file of C",
                       "name a kernel source tree, the folder kapi of debugfs, or a file");
    }
    marked = files_that(folder, files, may_hold_specs, kMaxFile, corpus.diagnostics);
  }
  const size_t unread = corpus.diagnostics.size();
  SpecTexts texts;
  if (!marked.empty()) {
    for (const auto& file : marked) {
      const std::string full = folder.empty() ? file : fmt::format("{}/{}", folder, file);
      read_source_text(read_file(full, kMaxFile), to_utf8(file), *options.names, texts);
    }
  }
  if (options.uapi.empty() && options.constants.empty()) {
    // The numbers of most machines were taken for the names; another machine's image has others.
    corpus.source.omits = {"errors.code"};
  }
  report_duplicates(texts);
  corpus.coverage.push_back(coverage_of(texts, files.size(), unread));
  corpus.apis = std::move(texts.apis);
  corpus.source.origins = std::move(texts.origins);
  corpus.diagnostics.insert(corpus.diagnostics.end(), texts.diagnostics.begin(),
                            texts.diagnostics.end());
  return corpus;
}

}  // namespace

extern const InputKindEntry kind_source;
const InputKindEntry kind_source = {
    "source", "a kernel source tree, or a C file of one, with specs", probe, true, load};

}  // namespace kapi
