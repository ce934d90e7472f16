// SPDX-License-Identifier: GPL-2.0-only
// unpack: what is in packed bytes: one compressed stream.
//
//   if (auto packing = packing_at(bytes))
//     std::vector<std::byte> kernel = unpack(bytes, *packing, kMaxUnpackedKernel).bytes;
//
// Nothing that packed data says of its own size is believed: memory grows with what really comes
// out, up to a limit that the caller states and to kMaxUnpackRatio times what went in. Nothing is
// ever written to a file.
#pragma once

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

}  // namespace kapi
