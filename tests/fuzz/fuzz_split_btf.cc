// SPDX-License-Identifier: GPL-2.0-only
// The BTF of a module over a base: any two are read together or refused. The input is the length of
// the base in two bytes (little-endian), the base, and the module's.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "kapi/types.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

kapi::Cursor cursor_of(std::span<const std::byte> bytes) {
  return {bytes, "fuzz", ".BTF", 0, kapi::Endian::little};
}

std::vector<std::string> names_in(std::span<const std::byte> bytes) {
  constexpr size_t kMaxNames = 64;
  std::vector<std::string> names;
  std::string name;
  for (const std::byte byte : bytes) {
    const auto c = static_cast<char>(byte);
    if (c != '\0') {
      name += c;
    } else if (!name.empty() && names.size() < kMaxNames) {
      names.push_back(std::move(name));
      name.clear();
    }
  }
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) {
    return 0;
  }
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(2);
  const size_t length = std::min<size_t>(size_t{data[0]} | size_t{data[1]} << 8, bytes.size());
  const std::vector<std::byte> base_bytes(bytes.begin(),
                                          bytes.begin() + static_cast<ptrdiff_t>(length));
  const std::vector<std::byte> own(bytes.begin() + static_cast<ptrdiff_t>(length), bytes.end());
  std::unique_ptr<kapi::TypeReader> reader;
  try {
    reader = kapi::open_btf(cursor_of(own), kapi::open_btf_base(cursor_of(base_bytes), nullptr));
    (void)reader->enumerators();
  } catch (const kapi::InputError&) {
    return 0;
  }
  kapi::TypeGraph graph;
  for (const std::string& name : names_in(bytes)) {
    for (const auto tag :
         {kapi::TypeTag::structure, kapi::TypeTag::union_, kapi::TypeTag::enumeration,
          kapi::TypeTag::typedef_, kapi::TypeTag::base}) {
      try {
        if (const auto id = reader->import(graph, {tag, name})) {
          (void)graph.size_of(*id);
          (void)graph.spelling(*id);
        }
      } catch (const kapi::InputError&) {
        // What was imported until then stays, incomplete.
      }
    }
  }
  const std::string text = graph.print();
  if (kapi::TypeGraph::parse(text).print() != text) {
    std::abort();
  }
  return 0;
}
