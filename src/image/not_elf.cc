// SPDX-License-Identifier: GPL-2.0-only
#include "image/not_elf.h"

#include <algorithm>
#include <string_view>

#include "kapi/base.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

// What lies beside a vmlinux and is taken for it. In order: a magic that says more comes first.
struct Signature {
  size_t offset;
  std::string_view magic;
  std::string_view what;
  std::string_view hint;
};
constexpr Signature kSignatures[] = {
    {0, "MZ"sv, "an EFI program without a kernel in it",
     "name the vmlinux of the build tree or of the distribution's debug package"},
    {0, "\x1f\x8b"sv, "gzip-compressed data", "decompress it first: gzip -d"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "xz-compressed data", "decompress it first: xz -d"},
    {0, "\x28\xb5\x2f\xfd"sv, "zstd-compressed data", "decompress it first: zstd -d"},
    {0, "BZh"sv, "bzip2-compressed data", "decompress it first: bzip2 -d"},
    {0, "\x04\x22\x4d\x18"sv, "lz4-compressed data", "decompress it first: lz4 -d"},
    {8, "debian-binary"sv, "a Debian package",
     "unpack it with dpkg-deb -x and name the vmlinux below usr/lib/debug/boot"},
    {0, "!<arch>\n"sv, "an archive", "name one of its members after ar x"},
    {0, "\xed\xab\xee\xdb"sv, "an RPM package",
     "unpack it with rpm2cpio and name the vmlinux below usr/lib/debug"},
    {0, "\x9f\xeb\x01"sv, "raw BTF, which holds types only", "name the vmlinux it belongs to"},
    {0, "\xeb\x9f\x01"sv, "raw BTF, which holds types only", "name the vmlinux it belongs to"},
};

}  // namespace

void refuse_not_elf(std::span<const std::byte> bytes, const std::string& file) {
  const Place place{file, "", std::nullopt};
  if (bytes.empty()) {
    throw InputError(place, "is empty, expected an ELF file");
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const Signature& signature : kSignatures) {
    if (text.size() > signature.offset &&
        text.substr(signature.offset).starts_with(signature.magic)) {
      throw InputError(place, "is not an ELF file: it looks like " + std::string(signature.what),
                       std::string(signature.hint));
    }
  }
  const bool words = std::all_of(
      text.begin(), text.begin() + std::min<long>(64, text.end() - text.begin()),
      [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t' || c == '\r'; });
  throw InputError(place, words ? "is not an ELF file: it looks like text" : "is not an ELF file",
                   "expected a vmlinux or a kernel module");
}

}  // namespace kapi
