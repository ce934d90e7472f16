// SPDX-License-Identifier: GPL-2.0-only
// The symbols of an image as `nm -n` prints them, with a letter for their binding only: what the
// tests hold against nm.
#include <fmt/format.h>

#include <cstdio>

#include "kapi/image.h"

static char letter_of(kapi::Binding binding) {
  switch (binding) {
    case kapi::Binding::local:
      return 'l';
    case kapi::Binding::weak:
      return 'w';
    default:
      return 'g';
  }
}

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: print_symbols IMAGE\n", stderr);
    return 2;
  }
  try {
    const auto image = kapi::Image::open(arguments[1]);
    fmt::print("from {}\n", image->symbols_from());
    for (const kapi::Symbol& symbol : image->symbols_with_prefix("")) {
      fmt::print("{:016x} {} {}\n", symbol.address, letter_of(symbol.binding), symbol.name);
    }
  } catch (const kapi::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
