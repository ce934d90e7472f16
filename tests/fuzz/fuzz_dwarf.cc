// SPDX-License-Identifier: GPL-2.0-only
// Images whose DWARF is damaged: types and enumerators are read or refused, and what is read has a
// text that reads back. Much of the reading is libdw's.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "kapi/types.h"
#include "kapi/types/exact.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// What the index of all units finds, and what it leads to.
void read_exactly(kapi::TypeReader& reader) {
  try {
    const auto types = reader.exact();
    for (const auto& ids : types->find(types->names())) {
      for (const kapi::TypeId id : ids) {
        (void)types->complete(id);
        (void)types->graph().spelling(id);
      }
    }
    (void)types->functions({{"__do_sys_transfer", 0}, {"order", 0xffffffff81000000}});
    (void)types->unnamed_enumerations();
  } catch (const kapi::InputError&) {
    // Refused as a whole.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::shared_ptr<const kapi::Image> image;
  std::unique_ptr<kapi::TypeReader> reader;
  try {
    image = kapi::Image::from_memory(std::as_bytes(std::span(data, size)), "fuzz");
    reader = kapi::open_dwarf(image);
    if (!reader) {
      return 0;
    }
    (void)reader->enumerators();
  } catch (const kapi::InputError&) {
    if (!reader) {
      return 0;
    }
  }
  using kapi::TypeTag;
  kapi::TypeGraph graph;
  for (const kapi::TypeName& name : {kapi::TypeName{TypeTag::structure, "shapes"},
                                     {TypeTag::structure, "kernel_api_spec"},
                                     {TypeTag::structure, "node"},
                                     {TypeTag::union_, "value"},
                                     {TypeTag::enumeration, "color"},
                                     {TypeTag::typedef_, "compare_t"},
                                     {TypeTag::base, "unsigned long"},
                                     {TypeTag::structure, "no such type"}}) {
    try {
      if (const auto id = reader->import(graph, name)) {
        (void)graph.size_of(*id);
        (void)graph.spelling(*id);
      }
    } catch (const kapi::InputError&) {
      // What was imported until then stays, incomplete.
    }
  }
  read_exactly(*reader);
  const std::string text = graph.print();
  if (kapi::TypeGraph::parse(text).print() != text) {
    std::abort();
  }
  return 0;
}
