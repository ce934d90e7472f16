// SPDX-License-Identifier: GPL-2.0-only
#include "source/debug_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "source/debug_link.h"
#include "source/debuginfod.h"

namespace kapi {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSystemFolder = "/usr/lib/debug";

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// "6.12.115" of "vmlinux-6.12.115", "vmlinuz-6.12.115".
std::string release_in(const fs::path& file) {
  const std::string name = file.filename().string();
  for (const std::string_view prefix : {"vmlinux-", "vmlinuz-"}) {
    if (name.starts_with(prefix)) {
      return name.substr(prefix.size());
    }
  }
  return {};
}

// "lib/modules/6.12.115/kernel/fs/xfs/xfs.ko" of a module below such a folder; empty for others.
std::string path_of_module(const fs::path& file) {
  std::error_code ignored;
  const std::string path = fs::weakly_canonical(file, ignored).string();
  const size_t at = path.rfind("/lib/modules/");
  const size_t end = path.rfind(".ko");
  return at == path.npos || end == path.npos || end < at ? std::string()
                                                         : path.substr(at + 1, end + 2 - at);
}

bool holds_anything(const Image& image) {
  const auto has = [&](std::string_view name) {
    const Section* section = image.section(name);
    return section != nullptr && section->has_bytes && section->size != 0;
  };
  return image.has_symbols() || has(".debug_info") || has(".BTF");
}

}  // namespace

DebugFiles::DebugFiles(const Image& image, std::string file, std::string release,
                       const LoadOptions& options, std::vector<Diagnostic>& diagnostics)
    : image_(image),
      file_(std::move(file)),
      release_(std::move(release)),
      build_id_(image.build_id()),
      folders_(options.debug_dirs),
      diagnostics_(diagnostics) {
  if (release_.empty()) {
    release_ = release_in(file_);
  }
  if (options.system_debug_dir) {
    folders_.emplace_back(kSystemFolder);
  }
  // The folder of an unpacked package.
  for (const std::string& folder : options.debug_dirs) {
    const std::string inner = folder + kSystemFolder;
    std::error_code ignored;
    if (fs::is_directory(inner, ignored)) {
      folders_.insert(folders_.begin(), inner);
    }
  }
}

std::shared_ptr<const Image> DebugFiles::find() {
  if (!searched_) {
    searched_ = true;
    found_ = search();
  }
  return found_;
}

std::string DebugFiles::obstacle() const {
  if (!searched_ || found_) {
    return {};
  }
  return fmt::format(
      "no debug file {} was found in {}; {}",
      build_id_.empty() ? "(the image has no build id)" : "with build id " + build_id_,
      folders_.empty() ? "any folder (none was named)"
                       : to_utf8(fmt::format("{}", fmt::join(folders_, ", "))),
      server_);
}

std::shared_ptr<const Image> DebugFiles::search() {
  for (const auto step : {&DebugFiles::by_build_id, &DebugFiles::by_release, &DebugFiles::by_link,
                          &DebugFiles::by_debuginfod}) {
    if (auto found = (this->*step)()) {
      return found;
    }
  }
  return nullptr;
}

std::shared_ptr<const Image> DebugFiles::by_build_id() {
  constexpr size_t kFolderDigits = 2;
  std::vector<std::string> paths;
  if (build_id_.size() > kFolderDigits) {
    for (const std::string& folder : folders_) {
      paths.push_back(fmt::format("{}/.build-id/{}/{}.debug", folder,
                                  build_id_.substr(0, kFolderDigits),
                                  build_id_.substr(kFolderDigits)));
    }
  }
  return first_of(paths);
}

std::shared_ptr<const Image> DebugFiles::by_release() {
  std::vector<std::string> paths;
  if (build_id_.empty()) {
    return nullptr;  // nothing would tell whether the file is of this build
  }
  const std::string module =
      image_.format() == ImageFormat::elf_rel ? path_of_module(file_) : std::string();
  for (const std::string& folder : folders_) {
    if (!module.empty()) {
      paths.push_back(fmt::format("{}/{}", folder, module));
      paths.push_back(fmt::format("{}/{}.debug", folder, module));
    } else if (image_.format() != ImageFormat::elf_rel && !release_.empty() &&
               release_.find('/') == release_.npos) {
      paths.push_back(fmt::format("{}/boot/vmlinux-{}", folder, release_));
      paths.push_back(fmt::format("{}/lib/modules/{}/vmlinux", folder, release_));
    }
  }
  return first_of(paths);
}

std::shared_ptr<const Image> DebugFiles::by_link() {
  const auto link = read_debug_link(image_, diagnostics_);
  if (!link) {
    return nullptr;
  }
  const fs::path beside = fs::path(file_).parent_path();
  std::vector<std::string> paths = {(beside / link->name).string(),
                                    (beside / ".debug" / link->name).string()};
  std::error_code ignored;
  const std::string absolute = fs::weakly_canonical(beside, ignored).string();
  for (const std::string& folder : folders_) {
    paths.push_back(fmt::format("{}{}/{}", folder, absolute, link->name));
    paths.push_back(fmt::format("{}/{}", folder, link->name));
  }
  for (const std::string& path : paths) {
    if (auto found = candidate(path, link->crc)) {
      return found;
    }
  }
  return nullptr;
}

std::shared_ptr<const Image> DebugFiles::by_debuginfod() {
  if (build_id_.empty() || !debuginfod_is_wanted()) {
    server_ = "debuginfod was not asked";
    server_ += build_id_.empty() ? "" : " (DEBUGINFOD_URLS is not set)";
    return nullptr;
  }
  const DebuginfodAnswer answer = ask_debuginfod(build_id_);
  if (!answer.failure.empty()) {
    server_ = "debuginfod could not be asked: " + answer.failure;
    diagnostics_.push_back({Level::warning, "debuginfod-failed", "", server_, "", std::nullopt});
    return nullptr;
  }
  server_ = "debuginfod has none either";
  return answer.path.empty() ? nullptr : candidate(answer.path, std::nullopt);
}

std::shared_ptr<const Image> DebugFiles::first_of(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (auto found = candidate(path, std::nullopt)) {
      return found;
    }
  }
  return nullptr;
}

void DebugFiles::reject(const std::string& path, std::string why) {
  diagnostics_.push_back({Level::warning, "debug-file-mismatch", "",
                          fmt::format("{} was not used: {}", to_utf8(path), why), "",
                          std::nullopt});
}

std::shared_ptr<const Image> DebugFiles::candidate(const std::string& path,
                                                   std::optional<uint32_t> crc) {
  std::error_code ignored;
  if (!is_file(path) || fs::equivalent(path, file_, ignored)) {
    return nullptr;  // a link to the image itself leads nowhere
  }
  std::shared_ptr<const Image> image;
  try {
    image = Image::open(path);
    const std::string build_id = image->build_id();
    if (!build_id_.empty() && !build_id.empty()) {
      if (build_id != build_id_) {
        reject(path, fmt::format("its build id is {}, that of the image {}", build_id, build_id_));
        return nullptr;
      }
    } else if (!crc) {
      reject(path, "it has no build id, so nothing says that it belongs to the image");
      return nullptr;
    } else if (const uint32_t own = crc32_of(image->bytes()); own != *crc) {
      reject(path, fmt::format("its CRC-32 is {:#010x}, the image's debug link says {:#010x}", own,
                               *crc));
      return nullptr;
    }
    // A flat image was made from an ELF file.
    if (image->arch() != image_.arch() ||
        (image->format() != image_.format() && image_.format() != ImageFormat::flat)) {
      reject(path, "it is of another architecture or format");
      return nullptr;
    }
    if (!holds_anything(*image)) {
      return nullptr;  // another stripped copy
    }
  } catch (const InputError& error) {
    reject(path, error.reason());
    return nullptr;
  }
  fs::path resolved = fs::canonical(path, ignored);
  name_ = to_utf8((resolved.empty() ? fs::path(path) : resolved).filename().string());
  return image;
}

}  // namespace kapi
