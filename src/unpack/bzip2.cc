// SPDX-License-Identifier: GPL-2.0-only
#include <bzlib.h>

#include <algorithm>

#include "unpack/decoder.h"

namespace kapi {
namespace {

class Bzip2Decoder : public StreamDecoder {
 public:
  explicit Bzip2Decoder(const Cursor& packed) : packed_(packed) {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) {
      packed_.fail("cannot be unpacked: bzip2 has no memory");
    }
  }
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }

  Step step(std::span<const std::byte> in, std::span<std::byte> out) override {
    constexpr size_t kMost = size_t{1} << 30;  // it counts in an unsigned int
    const size_t in_size = std::min(in.size(), kMost);
    const size_t out_size = std::min(out.size(), kMost);
    // It does not write to its input, for all its type says.
    stream_.next_in = const_cast<char*>(reinterpret_cast<const char*>(in.data()));
    stream_.avail_in = static_cast<unsigned>(in_size);
    stream_.next_out = reinterpret_cast<char*>(out.data());
    stream_.avail_out = static_cast<unsigned>(out_size);
    const int status = BZ2_bzDecompress(&stream_);
    if (status != BZ_OK && status != BZ_STREAM_END) {
      packed_.fail(status == BZ_MEM_ERROR ? "is no sound bzip2 data: bzip2 has no memory"
                                          : "is no sound bzip2 data: it is damaged");
    }
    return {in_size - stream_.avail_in, out_size - stream_.avail_out, status == BZ_STREAM_END};
  }

 private:
  const Cursor& packed_;
  bz_stream stream_ = {};
};

}  // namespace

std::unique_ptr<StreamDecoder> bzip2_decoder(const Cursor& packed) {
  return std::make_unique<Bzip2Decoder>(packed);
}

}  // namespace kapi
