// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/unpack.h"

#include <fmt/format.h>

#include "unpack/decoder.h"
#include "unpack/output.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  Packing packing;
};
constexpr Magic kMagics[] = {
    {"\x1f\x8b\x08"sv, Packing::gzip},  // with the one method there is
    {"\xfd\x37zXZ\0"sv, Packing::xz},        {"\x28\xb5\x2f\xfd"sv, Packing::zstd},
    {"\x04\x22\x4d\x18"sv, Packing::lz4},    {kLz4LegacyMagic, Packing::lz4},
    {"\x89LZO\0\r\n\x1a\n"sv, Packing::lzo},
};

// Its block's magic is pi; that of a stream without blocks the square root of it.
bool is_bzip2(std::string_view text) {
  constexpr size_t kLevel = 3;
  if (!text.starts_with("BZh") || text.size() <= kLevel || text[kLevel] < '1' ||
      text[kLevel] > '9') {
    return false;
  }
  text.remove_prefix(kLevel + 1);
  return text.starts_with("\x31\x41\x59\x26\x53\x59") ||
         text.starts_with("\x17\x72\x45\x38\x50\x90");
}

// Parallel packers of zstd put frames that say something about the others before them.
bool is_skippable_zstd(std::string_view text) {
  return text.size() > 4 && (static_cast<unsigned char>(text[0]) & 0xf0U) == 0x50 &&
         text.substr(1).starts_with("\x2a\x4d\x18");
}

std::string_view rest_of(const Cursor& bytes) {
  const auto rest = bytes.span().subspan(bytes.position());
  return {reinterpret_cast<const char*>(rest.data()), rest.size()};
}

bool is_lz4_legacy(const Cursor& packed, Packing packing) {
  return packing == Packing::lz4 && rest_of(packed).starts_with(kLz4LegacyMagic);
}

}  // namespace

std::unique_ptr<StreamDecoder> stream_decoder(const Cursor& packed, Packing packing) {
  switch (packing) {
    case Packing::gzip:
      return gzip_decoder(packed);
    case Packing::xz:
      return xz_decoder(packed);
    case Packing::lzma:
      return lzma_decoder(packed);
    case Packing::zstd:
      return zstd_decoder(packed);
    case Packing::lz4:
      return is_lz4_legacy(packed, packing) ? nullptr : lz4_frame_decoder(packed);
    case Packing::bzip2:
      return bzip2_decoder(packed);
    case Packing::lzo:
      break;
  }
  return nullptr;
}

namespace {

size_t run(StreamDecoder& decoder, const Cursor& packed, Packing packing, Output& output) {
  const auto bytes = packed.span().subspan(packed.position());
  for (size_t consumed = 0;;) {
    const StreamDecoder::Step step = decoder.step(bytes.subspan(consumed), output.room());
    consumed += step.read;
    output.commit(step.written, consumed);
    if (step.ended) {
      return consumed;
    }
    if (step.read == 0 && step.written == 0) {
      packed.fail(
          fmt::format("is {} data that ends before its end: it was cut short", name(packing)));
    }
  }
}

}  // namespace

std::string_view name(Packing packing) {
  switch (packing) {
    case Packing::gzip:
      return "gzip";
    case Packing::xz:
      return "xz";
    case Packing::lzma:
      return "lzma";
    case Packing::zstd:
      return "zstd";
    case Packing::lz4:
      return "lz4";
    case Packing::lzo:
      return "lzo";
    case Packing::bzip2:
      return "bzip2";
  }
  return "unknown";
}

std::optional<Packing> packing_at(const Cursor& bytes) {
  const std::string_view text = rest_of(bytes);
  for (const Magic& magic : kMagics) {
    if (text.starts_with(magic.bytes)) {
      return magic.packing;
    }
  }
  if (is_bzip2(text)) {
    return Packing::bzip2;
  }
  if (is_skippable_zstd(text)) {
    return Packing::zstd;
  }
  return is_lzma_header(bytes) ? std::optional(Packing::lzma) : std::nullopt;
}

Unpacked unpack(const Cursor& packed, Packing packing, UnpackBudget& budget) {
  Output output(packed, budget);
  Unpacked result;
  if (packing == Packing::lzo) {
    result.consumed = unpack_lzo(packed, output);
  } else if (is_lz4_legacy(packed, packing)) {
    result.consumed = unpack_lz4_legacy(packed, output);
  } else {
    result.consumed = run(*stream_decoder(packed, packing), packed, packing, output);
  }
  result.bytes = output.take();
  return result;
}

Unpacked unpack(const Cursor& packed, Packing packing, size_t limit) {
  UnpackBudget budget{limit};
  return unpack(packed, packing, budget);
}

Unpacked unpack_streams(const Cursor& packed, Packing packing, UnpackBudget& budget) {
  constexpr size_t kMaxStreams = size_t{1} << 16;
  Unpacked whole = unpack(packed, packing, budget);
  Cursor rest = packed;
  rest.skip(whole.consumed);
  for (size_t streams = 1; packing != Packing::lzma && packing_at(rest) == packing; streams++) {
    if (streams == kMaxStreams) {
      packed.fail(fmt::format("is made of more than {} {} streams", kMaxStreams, name(packing)));
    }
    const Unpacked next = unpack(rest, packing, budget);
    whole.bytes.insert(whole.bytes.end(), next.bytes.begin(), next.bytes.end());
    whole.consumed += next.consumed;
    rest.skip(next.consumed);
  }
  return whole;
}

std::string gunzip(const Cursor& packed, size_t limit) {
  const std::vector<std::byte> bytes = unpack(packed, Packing::gzip, limit).bytes;
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace kapi
