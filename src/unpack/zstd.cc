// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>
#include <zstd.h>

#include "unpack/decoder.h"

namespace kapi {
namespace {

// The window is allocated as the header claims, but touched only as it fills. Kernels are packed
// with one of 128 MB (zstd --ultra -22).
constexpr int kMaxWindowLog = 29;

class ZstdDecoder : public StreamDecoder {
 public:
  explicit ZstdDecoder(const Cursor& packed) : packed_(packed), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr ||
        ZSTD_isError(ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kMaxWindowLog)) != 0) {
      ZSTD_freeDStream(stream_);
      packed_.fail("cannot be unpacked: zstd has no memory");
    }
  }
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }

  Step step(std::span<const std::byte> in, std::span<std::byte> out) override {
    ZSTD_inBuffer input = {in.data(), in.size(), 0};
    ZSTD_outBuffer output = {out.data(), out.size(), 0};
    const size_t status = ZSTD_decompressStream(stream_, &output, &input);
    if (ZSTD_isError(status) != 0) {
      packed_.fail(fmt::format("is no sound zstd data: {}", ZSTD_getErrorName(status)));
    }
    return {input.pos, output.pos, status == 0};
  }

 private:
  const Cursor& packed_;
  ZSTD_DStream* stream_;
};

}  // namespace

std::unique_ptr<StreamDecoder> zstd_decoder(const Cursor& packed) {
  return std::make_unique<ZstdDecoder>(packed);
}

}  // namespace kapi
