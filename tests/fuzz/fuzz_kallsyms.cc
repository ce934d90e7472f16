// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as a flat kernel image, with the header of an architecture or without: its kallsyms
// tables, its relocations and what else is recognised in it.
#include "kapi/image.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

template <typename Ask>
static void ask(Ask question) {
  try {
    question();
  } catch (const kapi::InputError&) {
  }
}

// Where the boot protocols of arm64 and riscv have their magic.
static std::vector<std::byte> with_header(std::span<const std::byte> bytes,
                                          std::string_view magic) {
  std::vector<std::byte> image(0x40);
  for (size_t i = 0; i < magic.size(); i++) {
    image[0x38 + i] = static_cast<std::byte>(magic[i]);
  }
  image.insert(image.end(), bytes.begin(), bytes.end());
  return image;
}

static void read_image(std::vector<std::byte> bytes) {
  const auto image = kapi::Image::from_bytes(std::move(bytes), "fuzz");
  image->diagnostics();
  image->build_id();
  ask([&] { image->banner(); });
  ask([&] { image->compiler(); });
  ask([&] { kapi::embedded_config(*image); });
  uint64_t last = 0;
  for (const kapi::Symbol& symbol : image->symbols_with_prefix("")) {
    if (symbol.address < last || symbol.name.empty() || !image->symbol(symbol.name)) {
      __builtin_trap();
    }
    last = symbol.address;
  }
  for (const kapi::Symbol& symbol : image->symbols_with_prefix("_")) {
    if (image->symbols_at(symbol.address).empty()) {
      __builtin_trap();
    }
    ask([&] { image->pointer_at(symbol.address); });
  }
  for (const kapi::Section& section : image->sections()) {
    ask([&] { image->contents(section); });
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  ask([&] { read_image({bytes.begin(), bytes.end()}); });
  ask([&] { read_image(with_header(bytes, "ARM\x64")); });
  ask([&] { read_image(with_header(bytes, "RSC\x05")); });
  return 0;
}
