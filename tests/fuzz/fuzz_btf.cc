// SPDX-License-Identifier: GPL-2.0-only
// Raw BTF: any bytes are read or refused, and what is read has a text that reads back.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "kapi/types.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// The names a fuzzer can hit: those at the offsets that strings of small BTF have.
std::vector<std::string> names_in(std::span<const std::byte> bytes) {
  std::vector<std::string> names;
  std::string name;
  for (const std::byte byte : bytes) {
    const auto c = static_cast<char>(byte);
    if (c != '\0') {
      name += c;
    } else if (!name.empty()) {
      names.push_back(std::move(name));
      name.clear();
    }
    if (names.size() == 64) {
      break;
    }
  }
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const kapi::Cursor cursor(bytes, "fuzz", ".BTF", 0, kapi::Endian::little);
  std::unique_ptr<kapi::TypeReader> reader;
  try {
    reader = kapi::open_btf(cursor);
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
          (void)kapi::find_member(graph, *id, "a");
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
