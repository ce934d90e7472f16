// SPDX-License-Identifier: GPL-2.0-only
// Any bytes as an image: each question is answered or refused by InputError.
#include "kapi/image.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

template <typename Ask>
static void ask(Ask question) {
  try {
    question();
  } catch (const kapi::InputError&) {
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ask([&] {
    const auto image = kapi::Image::from_memory(std::as_bytes(std::span(data, size)), "fuzz");
    image->diagnostics();
    image->build_id();
    image->compiler();
    ask([&] { image->banner(); });
    ask([&] { kapi::embedded_config(*image); });
    ask([&] { image->symbol("pointer_table"); });
    ask([&] {
      for (const kapi::Symbol& symbol : image->symbols_with_prefix("p")) {
        image->symbols_at(symbol.address);
      }
    });
    for (const kapi::Section& section : image->sections()) {
      ask([&] { image->contents(section); });
      for (uint64_t i = 0; section.allocated && i < 8; i++) {
        ask([&] {
          image->at(image->pointer_at(section.address + i * image->bits() / 8)).cstring();
        });
      }
    }
  });
  return 0;
}
