// SPDX-License-Identifier: GPL-2.0-only
// The file format of lzop, as its source and the kernel's lib/decompress_unlzo.c have it: a header,
// then blocks, each with its sizes and checksums, then a zero.
#include <fmt/format.h>
#include <lzo/lzo1x.h>
#include <zlib.h>

#include <vector>

#include "unpack/decoder.h"

namespace kapi {
namespace {

constexpr uint32_t kAdlerUnpacked = 0x1;
constexpr uint32_t kAdlerPacked = 0x2;
constexpr uint32_t kExtraField = 0x40;
constexpr uint32_t kCrcUnpacked = 0x100;
constexpr uint32_t kCrcPacked = 0x200;
constexpr uint32_t kFilter = 0x800;
constexpr uint32_t kCrcHeader = 0x1000;

constexpr size_t kMagicSize = 9;
constexpr size_t kMaxBlock = size_t{64} << 20;
constexpr size_t kMaxGain =
    264;  // LZO1X: a byte adds at most 255 to a match, and has to begin somewhere

uint32_t adler(std::span<const std::byte> bytes) {
  return static_cast<uint32_t>(
      adler32_z(1, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}
uint32_t crc(std::span<const std::byte> bytes) {
  return static_cast<uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

[[noreturn]] void damaged(const Cursor& packed, std::string_view what) {
  packed.fail(fmt::format("is no sound lzo data: {}", what));
}

// Gives the flags; leaves the cursor at the first block.
uint32_t read_header(const Cursor& packed, Cursor& in) {
  constexpr uint16_t kSince = 0x0940;  // the version that brought the wider header
  in.skip(kMagicSize);
  const uint16_t version = in.u16();
  in.skip(2);  // of the library
  if (version >= kSince) {
    in.skip(2);  // version needed to extract
  }
  const uint8_t method = in.u8();
  if (method < 1 || method > 3) {  // three compressors of one format
    damaged(packed, fmt::format("method {} is not one of LZO1X", method));
  }
  if (version >= kSince) {
    in.skip(1);  // level
  }
  const uint32_t flags = in.u32();
  if ((flags & kFilter) != 0) {
    damaged(packed, "it is filtered, which kernels are not");
  }
  in.skip(version >= kSince ? 12 : 8);  // mode and time
  in.skip(in.u8());                     // name
  const auto header = in.span().subspan(kMagicSize, in.position() - kMagicSize);
  const uint32_t expected = (flags & kCrcHeader) != 0 ? crc(header) : adler(header);
  if (in.u32() != expected) {
    damaged(packed, "the header's checksum is wrong");
  }
  if ((flags & kExtraField) != 0) {
    in.skip(in.u32());
    in.skip(4);  // its checksum
  }
  return flags;
}

void check_sums(const Cursor& packed, Cursor& sums, bool has_adler, bool has_crc,
                std::span<const std::byte> bytes) {
  if ((has_adler && sums.u32() != adler(bytes)) || (has_crc && sums.u32() != crc(bytes))) {
    damaged(packed, "a block's checksum is wrong");
  }
}

size_t run(const Cursor& packed, Output& output) {
  Cursor in = packed.window(packed.position()).with_endian(Endian::big);
  const uint32_t flags = read_header(packed, in);
  const bool adler_out = (flags & kAdlerUnpacked) != 0;
  const bool crc_out = (flags & kCrcUnpacked) != 0;
  std::vector<std::byte> block;
  while (const uint32_t size = in.u32()) {
    const uint32_t packed_size = in.u32();
    const bool stored = packed_size == size;
    if (packed_size > size || size > kMaxBlock || (!stored && size / kMaxGain > packed_size)) {
      damaged(packed, fmt::format("a block of {} bytes from {}", size, packed_size));
    }
    const bool adler_in = !stored && (flags & kAdlerPacked) != 0;
    const bool crc_in = !stored && (flags & kCrcPacked) != 0;
    Cursor sums = in;
    in.skip(4 * (size_t{adler_out} + size_t{crc_out} + size_t{adler_in} + size_t{crc_in}));
    const auto bytes = in.take(packed_size);
    output.expect(size, in.position());
    std::span<const std::byte> unpacked = bytes;
    if (!stored) {
      block.resize(size);
      lzo_uint got = size;
      if (lzo1x_decompress_safe(reinterpret_cast<const lzo_bytep>(bytes.data()), packed_size,
                                reinterpret_cast<lzo_bytep>(block.data()), &got,
                                nullptr) != LZO_E_OK ||
          got != size) {
        damaged(packed, "a block is damaged");
      }
      unpacked = block;
    }
    check_sums(packed, sums, adler_out, crc_out, unpacked);
    check_sums(packed, sums, adler_in, crc_in, bytes);
    output.append(unpacked, in.position());
  }
  return in.position();
}

}  // namespace

size_t unpack_lzo(const Cursor& packed, Output& output) {
  try {
    return run(packed, output);
  } catch (const InputError& error) {
    if (error.place() == packed.place()) {
      throw;
    }
    // A read past the end: told like that of any other packing.
    packed.fail("is lzo data that ends before its end: it was cut short");
  }
}

}  // namespace kapi
