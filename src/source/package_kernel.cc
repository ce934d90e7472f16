// SPDX-License-Identifier: GPL-2.0-only
#include "source/package_kernel.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace kapi {
namespace {

constexpr size_t kShown = 8;

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

// "vmlinuz" of "vmlinuz", "vmlinuz.xz", "vmlinuz-6.12.117+deb12-cloud-amd64" and
// "vmlinuz-6.4.0-default.gz"; empty for what merely lies beside them.
std::string_view image_name(std::string_view name) {
  if (ends_with_any(name, {".hmac", ".sig", ".asc", ".sha256", ".map", ".lds", ".py", ".h", ".o",
                           ".a", ".sym", ".btf", ".config", ".dtb", ".cmd", ".S", ".symvers"})) {
    return {};
  }
  for (const std::string_view image :
       {"vmlinux", "vmlinuz", "bzImage", "zImage", "Image", "vmlinuz.efi"}) {
    if (!name.starts_with(image)) {
      continue;
    }
    const std::string_view rest = name.substr(image.size());
    const bool is_image =
        rest.starts_with('-') || rest.empty() ||
        (std::count(rest.begin(), rest.end(), '.') == 1 &&
         ends_with_any(rest, {".gz", ".xz", ".zst", ".lz4", ".lzma", ".lzo", ".bz2", ".debug"}));
    if (is_image) {
      return image;
    }
  }
  return {};
}

std::string listed(const std::vector<std::string>& paths) {
  std::string text;
  for (size_t i = 0; i < std::min(paths.size(), kShown); i++) {
    text += (i == 0 ? "" : ", ") + to_utf8(paths[i]);
  }
  return paths.size() > kShown ? text + fmt::format(" and {} more", paths.size() - kShown) : text;
}

// What one pass over a package finds.
struct Findings {
  std::vector<PackageMember> members;
  size_t left_out = 0;
  PackagedKernel held;  // the bytes of one member, so that a second pass is seldom needed
};

// Holds the file `wanted` names or, where it names none, the first of most worth.
Findings look_through(const Package& package, std::string_view wanted) {
  Findings findings;
  KernelWorth best = KernelWorth::none;
  findings.left_out = package.each([&](const PackageMember& member, MemberData& data) {
    findings.members.push_back(member);
    const KernelWorth worth = kernel_worth(member.path);
    const bool is_better = wanted.empty() ? worth > best : member.path == wanted;
    if (member.kind == PackageMember::Kind::file &&
        (is_better || member.path == findings.held.path)) {
      best = std::max(best, worth);
      findings.held.bytes = {};  // before there are others
      findings.held = {member.path, data.read(kMaxUnpackedKernel)};
    }
    return true;
  });
  return findings;
}

std::vector<std::byte> read_member(const Package& package, const std::string& path) {
  std::vector<std::byte> bytes;
  package.each([&](const PackageMember& member, MemberData& data) {
    if (member.kind == PackageMember::Kind::file && member.path == path) {
      bytes = data.read(kMaxUnpackedKernel);
    }
    return true;
  });
  return bytes;
}

// Kernel images by worth, each once however many links lead to it.
std::vector<std::string> kernels_of(const std::vector<PackageMember>& members, KernelWorth worth) {
  std::set<std::string> paths;
  for (const PackageMember& member : members) {
    if (kernel_worth(member.path) == worth) {
      const auto path = resolve_member(members, member.path);
      if (path && (*path == member.path || kernel_worth(*path) == KernelWorth::none)) {
        paths.insert(*path);
      }
    }
  }
  return {paths.begin(), paths.end()};
}

[[noreturn]] void refuse(const Cursor& file, std::string reason, std::string hint) {
  throw InputError({file.place().file, "", std::nullopt}, std::move(reason), std::move(hint));
}

std::string example_of(const Cursor& file, const std::string& path) {
  return fmt::format("name one, as in {}:{}", to_utf8(file.place().file), to_utf8(path));
}

std::string choose(const Cursor& file, const std::vector<PackageMember>& members,
                   std::vector<Diagnostic>& diagnostics) {
  std::string chosen;
  std::vector<std::string> others;
  for (const KernelWorth worth : {KernelWorth::debug, KernelWorth::linked, KernelWorth::shipped}) {
    const auto paths = kernels_of(members, worth);
    if (chosen.empty() && paths.size() > 1) {
      refuse(file,
             fmt::format("holds {} kernel images of equal worth: {}", paths.size(), listed(paths)),
             example_of(file, paths.front()));
    }
    if (chosen.empty() && paths.size() == 1) {
      chosen = paths.front();
    } else {
      others.insert(others.end(), paths.begin(), paths.end());
    }
  }
  if (chosen.empty()) {
    std::vector<std::string> modules;
    for (const PackageMember& member : members) {
      if (member.path.find(".ko") != std::string::npos &&
          member.kind == PackageMember::Kind::file) {
        modules.push_back(member.path);
      }
    }
    refuse(file, fmt::format("holds {} files and no kernel image among them", members.size()),
           modules.empty() ? "expected boot/vmlinuz-…, lib/modules/…/vmlinuz or "
                             "usr/lib/debug/…/vmlinux"
                           : fmt::format("there are modules: {}; {}", listed(modules),
                                         example_of(file, modules.front())));
  }
  if (!others.empty()) {
    diagnostics.push_back({Level::note, "package-image", "",
                           fmt::format("{} is read, from which most can be; the package also "
                                       "holds {}",
                                       to_utf8(chosen), listed(others)),
                           "", std::nullopt});
  }
  return chosen;
}

}  // namespace

KernelWorth kernel_worth(std::string_view path) {
  const size_t slash = path.rfind('/');
  const std::string_view folder = slash == path.npos ? "" : path.substr(0, slash + 1);
  const std::string_view image = image_name(path.substr(folder.size()));
  if (image.empty()) {
    return KernelWorth::none;
  }
  if (image != "vmlinux") {
    return KernelWorth::shipped;
  }
  return folder.starts_with("usr/lib/debug/") ? KernelWorth::debug : KernelWorth::linked;
}

PackagedKernel find_packaged_kernel(const Cursor& file, const std::string& member,
                                    std::vector<Diagnostic>& diagnostics) {
  const Package package(file);
  Findings findings = look_through(package, member);
  if (findings.left_out != 0) {
    diagnostics.push_back({Level::warning, "package-path", "",
                           fmt::format("{} files are left out, as their paths lead out of the "
                                       "package",
                                       findings.left_out),
                           "", std::nullopt});
  }
  std::string path;
  if (member.empty()) {
    path = choose(file, findings.members, diagnostics);
  } else if (const auto resolved = resolve_member(findings.members, member)) {
    path = *resolved;
  } else {
    refuse(file, fmt::format("holds no file {}", to_utf8(member)),
           "list what it holds with dpkg-deb -c, rpm -qlp or tar -t");
  }
  if (path != findings.held.path) {
    findings.held.bytes = {};
    findings.held = {path, read_member(package, path)};
  }
  return std::move(findings.held);
}

}  // namespace kapi
