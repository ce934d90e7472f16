// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as a stream of each packing: refused, or unpacked within the limit, twice alike, and
// not caring for what follows.
#include <cstdlib>
#include <vector>

#include "kapi/unpack.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kapi::Packing;
  constexpr size_t kLimit = size_t{4} << 20;
  const kapi::Cursor bytes(std::as_bytes(std::span(data, size)), "fuzz", "", 0,
                           kapi::Endian::little);
  kapi::packing_at(bytes);
  for (const Packing packing : {Packing::gzip, Packing::xz, Packing::lzma, Packing::zstd,
                                Packing::lz4, Packing::lzo, Packing::bzip2}) {
    kapi::UnpackBudget budget{kLimit};
    try {
      const kapi::Unpacked unpacked = kapi::unpack(bytes, packing, budget);
      if (unpacked.consumed > size || unpacked.bytes.size() + budget.left != kLimit) {
        std::abort();
      }
      if (kapi::unpack(bytes.window(0, unpacked.consumed), packing, kLimit).bytes !=
          unpacked.bytes) {
        std::abort();
      }
      kapi::UnpackBudget whole{kLimit};
      kapi::unpack_streams(bytes, packing, whole);
    } catch (const kapi::InputError&) {
      continue;
    }
  }
  return 0;
}
