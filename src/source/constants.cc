// SPDX-License-Identifier: GPL-2.0-only
#include "source/constants.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

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
      constants.add_header(read_file(fmt::format("{}/{}", part, file), kMaxHeader));
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

}  // namespace kapi
