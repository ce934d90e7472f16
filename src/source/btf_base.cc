// SPDX-License-Identifier: GPL-2.0-only
#include "source/btf_base.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <filesystem>
#include <vector>

namespace kapi {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxBtf = size_t{256} << 20;  // a large kernel's takes some 10 MB
constexpr const char* kRunning = "/sys/kernel/btf/vmlinux";

std::shared_ptr<const BtfBase> raw_base(const std::string& path) {
  struct Owner {
    std::string path;
    std::string bytes;
  };
  const auto owner = std::make_shared<Owner>(Owner{path, read_file(path, kMaxBtf)});
  return open_btf_base(
      Cursor(std::as_bytes(std::span(owner->bytes)), owner->path, ".BTF", 0, Endian::little),
      owner);
}

// Where the vmlinux of a release may lie, for a module at `path`.
std::vector<std::string> places(const std::string& path, const std::string& release,
                                const LoadOptions& options) {
  std::vector<std::string> places;
  std::error_code ignored;
  const std::string absolute = fs::weakly_canonical(path, ignored).string();
  const size_t at = absolute.rfind("/lib/modules/" + release + "/");
  if (at != absolute.npos) {
    std::string root = absolute.substr(0, at);
    if (root.ends_with("/usr")) {
      root.resize(root.size() - 4);
    }
    for (const char* name : {"boot/vmlinux", "boot/vmlinuz", "usr/lib/debug/boot/vmlinux"}) {
      places.push_back(fmt::format("{}/{}-{}", root, name, release));
    }
  }
  std::vector<std::string> folders = options.debug_dirs;
  if (options.system_debug_dir) {
    folders.emplace_back("/usr/lib/debug");
  }
  for (const std::string& folder : folders) {
    for (const std::string& inner : {std::string(), std::string("/usr/lib/debug")}) {
      places.push_back(fmt::format("{}{}/boot/vmlinux-{}", folder, inner, release));
      places.push_back(fmt::format("{}{}/lib/modules/{}/vmlinux", folder, inner, release));
    }
  }
  return places;
}

}  // namespace

std::string release_of_module(const Image& module) {
  constexpr std::string_view kKey = "vermagic=";
  const Section* section = module.section(".modinfo");
  if (section == nullptr || !section->has_bytes) {
    return {};
  }
  const auto bytes = module.contents(*section).span();
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find('\0'));
    if (entry.starts_with(kKey)) {
      return to_utf8(entry.substr(kKey.size(), entry.find(' ') - kKey.size()));
    }
    text.remove_prefix(std::min(entry.size() + 1, text.size()));
  }
  return {};
}

std::string release_in_banner(const std::string& banner) {
  constexpr std::string_view kStart = "Linux version ";
  if (!banner.starts_with(kStart)) {
    return {};
  }
  const std::string rest = banner.substr(kStart.size());
  return rest.substr(0, rest.find(' '));
}

std::shared_ptr<const BtfBase> load_btf_base(const std::string& path, const std::string& release) {
  const std::string head = read_head(path, 64);
  if (is_btf(std::as_bytes(std::span(head)))) {
    return raw_base(path);  // which says nothing of its release
  }
  const auto image = Image::open(path);
  const std::string own = release_in_banner(image->banner());
  if (!own.empty() && !release.empty() && own != release) {
    throw InputError({path, "", std::nullopt},
                     fmt::format("is the kernel {}, and the module was built for {}", own, release),
                     "the BTF of a module can only be read with that of the vmlinux of the same "
                     "build: --btf-base");
  }
  auto base = open_btf_base(image);
  if (!base) {
    throw InputError({path, ".BTF", std::nullopt}, "holds no BTF, which that of a module continues",
                     "give the vmlinux of a kernel built with CONFIG_DEBUG_INFO_BTF, or raw BTF");
  }
  return base;
}

std::shared_ptr<const BtfBase> given_btf_base(const LoadOptions& options,
                                              const std::string& release) {
  for (size_t i = 0; i < options.btf_bases.size(); i++) {
    try {
      return load_btf_base(options.btf_bases[i], release);
    } catch (const InputError&) {
      if (i + 1 == options.btf_bases.size()) {
        throw;
      }
    }
  }
  return nullptr;
}

std::shared_ptr<const BtfBase> btf_base_for(const Image& module, const LoadOptions& options) {
  const std::string release = release_of_module(module);
  if (!options.btf_bases.empty()) {
    return given_btf_base(options, release);
  }
  if (release.empty() || release.find('/') != release.npos) {
    return nullptr;
  }
  for (const std::string& place : places(module.file(), release, options)) {
    std::error_code ignored;
    if (!fs::is_regular_file(place, ignored)) {
      continue;
    }
    try {
      return load_btf_base(place, release);
    } catch (const InputError&) {
      continue;  // nobody asked for this one
    }
  }
  utsname running = {};
  std::error_code ignored;
  if (::uname(&running) == 0 && release == running.release && fs::exists(kRunning, ignored)) {
    return load_btf_base(kRunning, release);
  }
  return nullptr;
}

}  // namespace kapi
