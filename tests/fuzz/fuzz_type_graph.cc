// SPDX-License-Identifier: GPL-2.0-only
// The text form of type graphs: any text is read or refused; what is read prints a text that reads
// back to the same. With an ABI the layout rules run too.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kapi/types.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void check(const kapi::TypeGraph& graph) {
  const std::string printed = graph.print();
  if (kapi::TypeGraph::parse(printed).print() != printed) {
    std::abort();
  }
  for (kapi::TypeId id = 0; id < graph.size(); id++) {
    (void)graph.size_of(id);
    (void)graph.spelling(id);
    (void)kapi::find_member(graph, id, "a");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    check(kapi::TypeGraph::parse(text));
  } catch (const kapi::InputError&) {
  }
  for (const kapi::Abi abi :
       {kapi::Abi{8, 8, false}, kapi::Abi{4, 4, false}, kapi::Abi{8, 8, true}}) {
    try {
      check(kapi::TypeGraph::parse(text, abi));
    } catch (const kapi::InputError&) {
    }
  }
  return 0;
}
