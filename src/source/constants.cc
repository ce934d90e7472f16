// SPDX-License-Identifier: GPL-2.0-only
#include "source/constants.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "kapi/image.h"
#include "kapi/types.h"
#include "source/file_tree.h"

namespace kapi {
namespace {

constexpr size_t kMaxHeader = size_t{8} << 20;
constexpr size_t kMaxBtf = size_t{256} << 20;

bool is_header(std::string_view name) { return name.ends_with(".h"); }

// The kernel's own part of an include folder that holds every library's headers. `asm` of a
// multi-arch system lies in a folder named after the machine.
std::vector<std::string> kernel_folders(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (!fs::is_directory(fs::path(folder) / "linux", ignored)) {
    return {folder};
  }
  std::vector<std::string> folders;
  const auto add = [&](const fs::path& path) {
    if (fs::is_directory(path, ignored)) {
      folders.push_back(path.string());
    }
  };
  add(fs::path(folder) / "asm");
  std::vector<fs::path> machines;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().filename().string().find("-linux-") != std::string::npos) {
      machines.push_back(entry.path() / "asm");
    }
  }
  std::sort(machines.begin(), machines.end());
  std::for_each(machines.begin(), machines.end(), add);
  for (const char* name :
       {"asm-generic", "linux", "drm", "misc", "mtd", "rdma", "scsi", "sound", "video", "xen"}) {
    add(fs::path(folder) / name);
  }
  return folders;
}

void add_headers(const std::string& folder, Constants& constants,
                 std::vector<Diagnostic>& diagnostics) {
  for (const auto& part : kernel_folders(folder)) {
    for (const auto& file : files_below(part, is_header, diagnostics)) {
      const std::string inside =
          part == folder ? "" : std::filesystem::path(part).filename().string() + "/";
      constants.add_header(read_file(fmt::format("{}/{}", part, file), kMaxHeader),
                           to_utf8(inside + file));
    }
  }
}

std::vector<Enumerator> enumerators_of(const std::string& path,
                                       std::vector<Diagnostic>& diagnostics) {
  const std::string head = read_head(path, 64);
  if (!is_btf(std::as_bytes(std::span(head)))) {
    return open_types(Image::open(path), diagnostics)->enumerators();
  }
  const std::string bytes = read_file(path, kMaxBtf);
  return open_btf(Cursor(std::as_bytes(std::span(bytes)), path, ".BTF", 0, Endian::little))
      ->enumerators();
}

}  // namespace

Constants load_constants(const LoadOptions& options, std::vector<Diagnostic>& diagnostics) {
  Constants constants;
  if (!options.constants.empty()) {
    const auto enumerators = enumerators_of(options.constants, diagnostics);
    for (const auto& enumerator : enumerators) {
      constants.add(enumerator.name, enumerator.value);
    }
  }
  for (const auto& folder : options.uapi) {
    add_headers(folder, constants, diagnostics);
  }
  return constants;
}

void add_header_constants(const Constants& headers, Corpus& corpus) {
  if (find_coverage(corpus, "constants") != nullptr) {
    return;  // a stored corpus has those of its own kernel
  }
  std::map<std::string, uint64_t, std::less<>> sizes;
  for (const Struct& layout : corpus.types) {
    if (layout.size) {
      sizes.emplace(layout.kind == "typedef" ? layout.name : layout.kind + " " + layout.name,
                    *layout.size);
    }
  }
  const Target target = {corpus.source.architecture, [&sizes](const std::string& type) {
                           const auto at = sizes.find(type);
                           return at == sizes.end() ? std::nullopt : std::optional(at->second);
                         }};
  std::multimap<std::string_view, Constant*> compiled;
  for (Constant& constant : corpus.constants) {
    compiled.emplace(constant.name, &constant);
  }
  uint64_t valued = 0;
  std::vector<Constant> added;
  std::vector<Constant> all = headers.constants(target);
  const uint64_t total = all.size();
  for (Constant& constant : all) {
    const auto [begin, end] = compiled.equal_range(constant.name);
    valued += constant.value || begin != end ? 1 : 0;
    for (auto at = begin; at != end; ++at) {
      at->second->header = constant.header;
    }
    if (begin == end) {
      added.push_back(std::move(constant));
    }
  }
  corpus.constants.insert(corpus.constants.end(), added.begin(), added.end());
  corpus.coverage.push_back(
      {"constants", "complete", valued, total,
       total == valued ? "from headers"
                       : fmt::format("from headers; of {} names only that they are there, as their "
                                     "value cannot be told",
                                     total - valued)});
}

}  // namespace kapi
