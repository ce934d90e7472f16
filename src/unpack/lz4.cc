// SPDX-License-Identifier: GPL-2.0-only
// lz4 in its two frames: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
#include <fmt/format.h>
#include <lz4.h>
#include <lz4frame.h>

#include <memory>

#include "unpack/decoder.h"

namespace kapi {
namespace {

class Lz4FrameDecoder : public StreamDecoder {
 public:
  explicit Lz4FrameDecoder(const Cursor& packed) : packed_(packed) {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0) {
      packed_.fail("cannot be unpacked: lz4 has no memory");
    }
  }
  ~Lz4FrameDecoder() override { LZ4F_freeDecompressionContext(context_); }

  Step step(std::span<const std::byte> in, std::span<std::byte> out) override {
    size_t read = in.size();
    size_t written = out.size();
    const size_t status =
        LZ4F_decompress(context_, out.data(), &written, in.data(), &read, nullptr);
    if (LZ4F_isError(status) != 0) {
      packed_.fail(fmt::format("is no sound lz4 data: {}", LZ4F_getErrorName(status)));
    }
    return {read, written, status == 0};
  }

 private:
  const Cursor& packed_;
  LZ4F_dctx* context_ = nullptr;
};

constexpr size_t kLegacyBlock = size_t{8} << 20;

}  // namespace

std::unique_ptr<StreamDecoder> lz4_frame_decoder(const Cursor& packed) {
  return std::make_unique<Lz4FrameDecoder>(packed);
}

// The legacy frame has no end mark. Each of its blocks but the last unpacks to 8 MiB exactly, so a
// smaller one ends it; after a whole one, the end of the bytes does, a size that no block can have,
// or the size of all, which the kernel's build appends.
size_t unpack_lz4_legacy(const Cursor& packed, Output& output) {
  Cursor in = packed.window(packed.position()).with_endian(Endian::little);
  in.skip(kLz4LegacyMagic.size());
  const auto block = std::make_unique_for_overwrite<std::byte[]>(kLegacyBlock);
  for (size_t unpacked = kLegacyBlock; unpacked == kLegacyBlock;) {
    if (in.at_end() && output.size() != 0) {
      return in.position();
    }
    Cursor after_size = in;
    const size_t size = after_size.remaining() < sizeof(uint32_t) ? 0 : after_size.u32();
    const bool is_end = size > static_cast<size_t>(LZ4_compressBound(kLegacyBlock)) ||
                        (size == output.size() && after_size.remaining() < size);
    if (is_end && output.size() != 0) {
      return in.position();
    }
    if (size == 0 || size > after_size.remaining()) {
      packed.fail("is lz4 data that ends before its end: it was cut short");
    }
    const auto bytes = after_size.take(size);
    const int result = LZ4_decompress_safe(reinterpret_cast<const char*>(bytes.data()),
                                           reinterpret_cast<char*>(block.get()),
                                           static_cast<int>(size), static_cast<int>(kLegacyBlock));
    if (result < 0) {
      packed.fail("is no sound lz4 data: a block is damaged");
    }
    in = after_size;
    unpacked = static_cast<size_t>(result);
    output.append({block.get(), unpacked}, in.position());
  }
  return in.position();
}

}  // namespace kapi
