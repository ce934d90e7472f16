// SPDX-License-Identifier: GPL-2.0-only
#include "source/package_modules.h"

#include "kapi/unpack.h"

namespace kapi {
namespace {

constexpr size_t kMaxModule = size_t{512} << 20;  // with its debug information
constexpr std::string_view kDebugFolder = "usr/lib/debug/";

}  // namespace

void read_packaged_modules(const std::string& package, ModuleReader& reader) {
  const MappedFile map(package);
  const Package files(Cursor(map.bytes(), package, "", 0, Endian::little));
  files.each([&](const PackageMember& member, MemberData& data) {
    if (member.kind == PackageMember::Kind::file && is_module_file(member.path) &&
        !member.path.starts_with(kDebugFolder)) {
      const auto bytes = std::make_shared<std::vector<std::byte>>(data.read(kMaxModule));
      reader.add({member.path, [bytes, file = package + ":" + member.path] {
                    return Image::from_bytes(std::move(*bytes), file);
                  }});
    }
    return true;
  });
}

}  // namespace kapi
