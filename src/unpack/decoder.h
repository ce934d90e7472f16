// SPDX-License-Identifier: GPL-2.0-only
// A decoder of one packing. The libraries are used directly, and not through libarchive's filters:
// those take what follows a stream for more of it, do not say where it ended, know no legacy lz4
// frame that something follows, and start the program lzop for lzo.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "kapi/unpack.h"
#include "unpack/output.h"

namespace kapi {

// One that the library feeds step by step.
class StreamDecoder {
 public:
  struct Step {
    size_t read = 0;
    size_t written = 0;
    bool ended = false;  // this was the last byte of the stream
  };

  StreamDecoder() = default;
  StreamDecoder(const StreamDecoder&) = delete;
  StreamDecoder& operator=(const StreamDecoder&) = delete;
  virtual ~StreamDecoder() = default;

  // Decodes some of `in`, which may be empty, into `out`, which is not. Throws InputError.
  virtual Step step(std::span<const std::byte> in, std::span<std::byte> out) = 0;
};

// `packed` stands where the stream begins and outlives the decoder.
std::unique_ptr<StreamDecoder> gzip_decoder(const Cursor& packed);
std::unique_ptr<StreamDecoder> xz_decoder(const Cursor& packed);
std::unique_ptr<StreamDecoder> lzma_decoder(const Cursor& packed);
std::unique_ptr<StreamDecoder> zstd_decoder(const Cursor& packed);
std::unique_ptr<StreamDecoder> lz4_frame_decoder(const Cursor& packed);
std::unique_ptr<StreamDecoder> bzip2_decoder(const Cursor& packed);
// The one for a packing; null for the formats below.
std::unique_ptr<StreamDecoder> stream_decoder(const Cursor& packed, Packing packing);

// Formats whose blocks are read here. Give the packed bytes consumed.
size_t unpack_lz4_legacy(const Cursor& packed, Output& output);
size_t unpack_lzo(const Cursor& packed, Output& output);

inline constexpr std::string_view kLz4LegacyMagic = "\x02\x21\x4c\x18";

// Whether a header of the lzma format stands there that a tool would write.
bool is_lzma_header(Cursor bytes);

}  // namespace kapi
