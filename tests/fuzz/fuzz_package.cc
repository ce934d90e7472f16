// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as a package: refused, or members whose paths and links stay in it.
#include <cstdlib>

#include "kapi/unpack.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kLimit = size_t{1} << 16;
  const kapi::Cursor bytes(std::as_bytes(std::span(data, size)), "fuzz", "", 0,
                           kapi::Endian::little);
  try {
    const bool is_package = kapi::Package::is_package(bytes);
    const kapi::Package package(bytes);
    if (!is_package) {
      std::abort();
    }
    std::vector<kapi::PackageMember> members;
    package.each([&](const kapi::PackageMember& member, kapi::MemberData& source) {
      if (member.path.starts_with('/') ||
          ("/" + member.path + "/").find("/../") != std::string::npos) {
        std::abort();
      }
      members.push_back(member);
      if (members.size() % 2 == 0 && source.read(kLimit).size() > kLimit) {
        std::abort();
      }
      return true;
    });
    constexpr size_t kMost = 64;
    for (size_t i = 0; i < std::min(members.size(), kMost); i++) {
      const auto path = kapi::resolve_member(members, members[i].path);
      if (path && kapi::resolve_member(members, *path) != path) {
        std::abort();
      }
    }
  } catch (const kapi::InputError&) {
    return 0;
  }
  return 0;
}
