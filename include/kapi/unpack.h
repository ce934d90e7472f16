// SPDX-License-Identifier: GPL-2.0-only
// unpack: what is in packed bytes: one compressed stream, or a package of files.
//
//   if (auto packing = packing_at(bytes))
//     std::vector<std::byte> kernel = unpack(bytes, *packing, kMaxUnpackedKernel).bytes;
//
//   Package package(bytes);
//   package.each([&](const PackageMember& member, MemberData& data) {
//     if (member.path.ends_with(".ko")) use(data.read(kMaxModule));
//     return true;
//   });
//
// Nothing that packed data says of its own size is believed: memory grows with what really comes
// out, up to a limit that the caller states and to kMaxUnpackRatio times what went in. Nothing is
// ever written to a file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"

namespace kapi {

enum class Packing { gzip, xz, lzma, zstd, lz4, lzo, bzip2 };
// What its tool is called: "gzip", "xz", "lzma", "zstd", "lz4", "lzo", "bzip2".
std::string_view name(Packing packing);

// The packing whose magic stands at the cursor's position; of lzma, which has none, a whole header
// that its tools would write.
std::optional<Packing> packing_at(const Cursor& bytes);

// What a stream may unpack to at most, in times of its packed size. Kernels pack 3 to 12 times;
// small streams may be all alike, so it counts from kUnpackRatioFrom bytes on.
inline constexpr size_t kMaxUnpackRatio = 256;
inline constexpr size_t kUnpackRatioFrom = size_t{16} << 20;
// A limit for kernels: one with debug information takes some 600 MB.
inline constexpr size_t kMaxUnpackedKernel = size_t{2} << 30;

struct Unpacked {
  std::vector<std::byte> bytes;
  size_t consumed = 0;  // packed bytes, counted from the cursor's position
};

// How many bytes may still come out, of several streams together. What comes out is taken from it,
// also where a stream turns out to be none.
struct UnpackBudget {
  size_t left = 0;
};

// One stream from the cursor's position; what follows it is left alone. lz4 is its frame or the
// legacy frame that kernels use, lzo the file format of lzop. Throws InputError, at the place where
// the stream begins, if it is no such stream, is cut short or damaged, or unpacks to more than the
// budget or kMaxUnpackRatio allow.
Unpacked unpack(const Cursor& packed, Packing packing, UnpackBudget& budget);
Unpacked unpack(const Cursor& packed, Packing packing, size_t limit);

// As unpack(), for a file that is packed as a whole: streams that follow each other directly, as
// parallel packers write them, are joined.
Unpacked unpack_streams(const Cursor& packed, Packing packing, UnpackBudget& budget);

// The text of one gzip stream.
std::string gunzip(const Cursor& packed, size_t limit);

// ---- packages ----------------------------------------------------------------------------------

// What is not a file is never followed, and nothing is ever written.
struct PackageMember {
  enum class Kind { file, symlink, hardlink, other };
  Kind kind = Kind::other;
  // As it would lie below the root of a system: without "/" in front, without "." and doubled "/".
  // A member whose path has ".." in it has no place there and is left out, see Package::each().
  std::string path;
  // Of a symlink what it says; of a hardlink the path of a member before it.
  std::string target;
  uint64_t size = 0;  // bytes, as the package says
};

// The bytes of the member that a pass has reached.
class MemberData {
 public:
  // All of them. Throws InputError if there are more than `limit`, or the package is cut short or
  // damaged here. Once per member.
  virtual std::vector<std::byte> read(size_t limit) = 0;

 protected:
  ~MemberData() = default;
};

// What a pass over a package may hold at most, which bounds its time; and how many members.
inline constexpr uint64_t kMaxUnpackedPackage = uint64_t{32} << 30;
inline constexpr size_t kMaxPackageMembers = 1'000'000;

// A package of files: .deb and .ddeb, .rpm, or a tar, packed or not. It is read in passes from its
// first member to its last, each of which unpacks it anew and holds no more than a block of it.
class Package {
 public:
  // Whether the bytes of a file begin like a package.
  static bool is_package(const Cursor& file);

  // Finds the archive of files in it; the bytes must outlive the package. Throws InputError if it
  // is no package, or is cut short before its files.
  explicit Package(const Cursor& file);
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  std::string_view format() const { return format_; }  // "deb", "rpm", "tar"

  // One pass, until `visit` gives false: members in their order. Gives how many were left out, as
  // their paths lead out of the package. Throws InputError if the package is cut short or damaged,
  // or holds more than kMaxUnpackedPackage, kMaxPackageMembers or kMaxUnpackRatio allow.
  size_t each(const std::function<bool(const PackageMember&, MemberData&)>& visit) const;
  // One pass for the list alone.
  std::vector<PackageMember> members() const;

 private:
  std::string file_;
  std::string section_;  // the member of the package that holds the files
  std::string_view format_;
  Cursor archive_;  // a tar or cpio archive, packed or not
  bool is_cpio_ = false;
};

// The path of the file that a path in a package comes to when its links are followed, also those in
// the middle; nothing if it comes to no file, or out of the package. Of members with one path the
// last counts, as when they are unpacked.
std::optional<std::string> resolve_member(const std::vector<PackageMember>& members,
                                          std::string_view path);

}  // namespace kapi
