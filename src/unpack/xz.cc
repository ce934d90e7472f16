// SPDX-License-Identifier: GPL-2.0-only
// xz, and the older lzma format without a magic, both by liblzma.
#include <fmt/format.h>
#include <lzma.h>

#include <bit>

#include "unpack/decoder.h"

namespace kapi {
namespace {

// The dictionary is allocated as the header claims, but touched only as it fills. `xz -9` takes
// 64 MB, the kernel's own build 128 MB.
constexpr uint64_t kMaxMemory = uint64_t{512} << 20;

std::string_view reason(lzma_ret status) {
  switch (status) {
    case LZMA_MEM_ERROR:
      return "liblzma has no memory";
    case LZMA_MEMLIMIT_ERROR:
      return "it asks for more than 512 MiB of memory";
    case LZMA_FORMAT_ERROR:
      return "the header is of another format";
    case LZMA_OPTIONS_ERROR:
      return "it asks for filters that liblzma does not know";
    default:
      return "the data is damaged";
  }
}

class LzmaDecoder : public StreamDecoder {
 public:
  LzmaDecoder(const Cursor& packed, std::string_view format, bool alone)
      : packed_(packed), format_(format) {
    const lzma_ret status = alone ? lzma_alone_decoder(&stream_, kMaxMemory)
                                  : lzma_stream_decoder(&stream_, kMaxMemory, 0);
    if (status != LZMA_OK) {
      packed_.fail(fmt::format("cannot be unpacked: {}", reason(status)));
    }
  }
  ~LzmaDecoder() override { lzma_end(&stream_); }

  Step step(std::span<const std::byte> in, std::span<std::byte> out) override {
    stream_.next_in = reinterpret_cast<const uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret status = lzma_code(&stream_, LZMA_RUN);
    if (status != LZMA_OK && status != LZMA_STREAM_END && status != LZMA_BUF_ERROR) {
      packed_.fail(fmt::format("is no sound {} data: {}", format_, reason(status)));
    }
    return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
            status == LZMA_STREAM_END};
  }

 private:
  const Cursor& packed_;
  std::string_view format_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

std::unique_ptr<StreamDecoder> xz_decoder(const Cursor& packed) {
  return std::make_unique<LzmaDecoder>(packed, "xz", false);
}

std::unique_ptr<StreamDecoder> lzma_decoder(const Cursor& packed) {
  return std::make_unique<LzmaDecoder>(packed, "lzma", true);
}

// The properties that every tool writes by default, a dictionary of 2^n or 2^n + 2^(n-1) bytes as
// liblzma demands, and a size that is unknown or believable.
bool is_lzma_header(Cursor bytes) {
  constexpr size_t kHeader = 13;
  constexpr uint64_t kMaxSize = uint64_t{1} << 40;
  constexpr uint32_t kMinDictionary = 4096;
  if (bytes.remaining() < kHeader || bytes.u8() != 0x5d) {
    return false;
  }
  const uint32_t dictionary = bytes.with_endian(Endian::little).u32();
  bytes.skip(sizeof dictionary);
  const uint64_t size = bytes.with_endian(Endian::little).u64();
  const uint32_t below = dictionary & (dictionary - 1);  // without its lowest bit
  const bool usual = below == 0 || (std::has_single_bit(below) && below >> 1 == dictionary - below);
  return dictionary >= kMinDictionary && usual && (size == UINT64_MAX || size < kMaxSize);
}

}  // namespace kapi
