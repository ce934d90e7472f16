// SPDX-License-Identifier: GPL-2.0-only
// The functions that the BTF of an image describes. Tables for BPF refer to them by number.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kapi/types.h"

namespace kapi {

struct Function {
  std::string name;
  TypeId type = 0;                      // a FunctionType in the graph
  std::vector<std::string> parameters;  // names, as many as the type has parameters
};

class FunctionReader {
 public:
  virtual ~FunctionReader() = default;
  // The name of the function with that BTF id; empty if it is no id of a function.
  virtual std::string name(uint32_t id) const = 0;
  // Imports its type as TypeReader::import does, from behind a pointer. Throws InputError.
  virtual std::optional<Function> import(TypeGraph& graph, uint32_t id) const = 0;
};

// Null if the image has no BTF of its own (a module's counts from another's); throws InputError if
// that is malformed. Reads nothing but the header and the list of types until it is asked.
std::unique_ptr<FunctionReader> open_functions(std::shared_ptr<const Image> image);

}  // namespace kapi
