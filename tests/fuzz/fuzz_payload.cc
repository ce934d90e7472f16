// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as a kernel that boot loaders read, as they are and within each form: refused, or what
// it was unpacked from is told.
#include <cstdlib>
#include <string>

#include "kapi/image.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void open(std::string_view bytes) {
  const auto span = std::as_bytes(std::span(bytes.data(), bytes.size()));
  const bool is_shipped =
      kapi::is_shipped_kernel(span.first(std::min(span.size(), kapi::kKernelHead)));
  try {
    const auto image = kapi::Image::from_memory(span, "fuzz");
    if (!image->wrapping().empty() && !is_shipped && !bytes.starts_with("\177ELF")) {
      std::abort();
    }
  } catch (const kapi::InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  open(bytes);
  std::string arm(0x40, '\0');  // a zImage, in which the payload is searched
  arm.replace(0x24, 4, "\x18\x28\x6f\x01");
  open(arm + std::string(bytes));
  std::string x86(0x1000, '\0');  // a bzImage of protocol 2.08 whose payload is all that follows
  x86.replace(0x202, 4, "HdrS");
  x86.replace(0x206, 2, "\x08\x02");
  x86[0x1f1] = 7;
  const auto length = static_cast<uint32_t>(size);
  x86.replace(0x24c, 4, std::string(reinterpret_cast<const char*>(&length), sizeof length));
  open(x86 + std::string(bytes));
  return 0;
}
