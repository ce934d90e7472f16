// SPDX-License-Identifier: GPL-2.0-only
#define ZLIB_CONST  // it reads its input

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "unpack/decoder.h"

namespace kapi {
namespace {

class GzipDecoder : public StreamDecoder {
 public:
  explicit GzipDecoder(const Cursor& packed) : packed_(packed) {
    constexpr int kGzipOnly = 16;  // a gzip header and trailer are expected, and checked
    if (inflateInit2(&stream_, kGzipOnly + MAX_WBITS) != Z_OK) {
      packed_.fail("cannot be unpacked: zlib has no memory");
    }
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }

  Step step(std::span<const std::byte> in, std::span<std::byte> out) override {
    constexpr size_t kMost = size_t{1} << 30;  // it counts in an unsigned int
    const size_t in_size = std::min(in.size(), kMost);
    const size_t out_size = std::min(out.size(), kMost);
    stream_.next_in = reinterpret_cast<const Bytef*>(in.data());
    stream_.avail_in = static_cast<uInt>(in_size);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out_size);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      packed_.fail(fmt::format("is no sound gzip data: {}",
                               stream_.msg != nullptr  ? stream_.msg
                               : status == Z_MEM_ERROR ? "zlib has no memory"
                               : status == Z_NEED_DICT ? "it asks for a dictionary"
                                                       : "zlib refuses it"));
    }
    return {in_size - stream_.avail_in, out_size - stream_.avail_out, status == Z_STREAM_END};
  }

 private:
  const Cursor& packed_;
  z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<StreamDecoder> gzip_decoder(const Cursor& packed) {
  return std::make_unique<GzipDecoder>(packed);
}

}  // namespace kapi
