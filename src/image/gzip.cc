// SPDX-License-Identifier: GPL-2.0-only
// gzip, as the kernel packs what it embeds. Nothing that the data says of its own size is believed.
#define ZLIB_CONST  // it reads its input

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "kapi/image.h"

namespace kapi {
namespace {

class Inflater {
 public:
  explicit Inflater(const Cursor& packed) : packed_(packed) {
    constexpr int kGzipOnly = 16;  // a gzip header and trailer are expected, and checked
    if (inflateInit2(&stream_, kGzipOnly + MAX_WBITS) != Z_OK) {
      packed_.fail("cannot be unpacked: zlib has no memory");
    }
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  std::string run(size_t limit) {
    const auto bytes = packed_.span().subspan(packed_.position());
    // What is larger than its text, headers and all, is none of ours either.
    const size_t usable = std::min<size_t>(bytes.size(), limit + kOverhead);
    stream_.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(usable);
    std::string text;
    for (;;) {
      const size_t done = text.size();
      if (done > limit) {
        packed_.fail(fmt::format("unpacks to more than {} bytes", limit));
      }
      text.resize(done + std::min(kStep, limit + 1 - done));
      stream_.next_out = reinterpret_cast<Bytef*>(text.data() + done);
      stream_.avail_out = static_cast<uInt>(text.size() - done);
      const int status = inflate(&stream_, Z_NO_FLUSH);
      text.resize(text.size() - stream_.avail_out);
      if (status == Z_STREAM_END && text.size() <= limit) {
        return text;
      }
      if (status != Z_OK && status != Z_STREAM_END) {
        refuse(status);
      }
    }
  }

 private:
  static constexpr size_t kStep = size_t{64} << 10;
  static constexpr size_t kOverhead = size_t{64} << 10;

  [[noreturn]] void refuse(int status) {
    if (status == Z_BUF_ERROR) {
      packed_.fail("is gzip data that ends before its end: it was cut short");
    }
    packed_.fail(fmt::format("is no sound gzip data: {}",
                             stream_.msg != nullptr  ? stream_.msg
                             : status == Z_MEM_ERROR ? "zlib has no memory"
                             : status == Z_NEED_DICT ? "it asks for a dictionary"
                                                     : "zlib refuses it"));
  }

  Cursor packed_;
  z_stream stream_ = {};
};

}  // namespace

std::string gunzip(const Cursor& packed, size_t limit) { return Inflater(packed).run(limit); }

}  // namespace kapi
