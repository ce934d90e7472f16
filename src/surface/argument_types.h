// SPDX-License-Identifier: GPL-2.0-only
// What the ABI sees of an argument, from the C text of its type: an integer of so many bytes,
// signed or not, or a pointer.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

struct ArgumentClass {
  std::string type;   // "int", "uint" or "ptr", in the words of the model
  uint64_t size = 0;  // bytes
};

// Of a type of a graph; nothing for what is passed in no register: records, functions, void.
std::optional<ArgumentClass> argument_class(const TypeGraph& graph, TypeId id,
                                            uint64_t pointer_size);

class ArgumentTypes {
 public:
  // `pointer_size` in bytes; `long` has the same size in every Linux ABI.
  ArgumentTypes(TypeReader& types, uint64_t pointer_size)
      : types_(&types), pointer_size_(pointer_size) {}

  // Nothing for a text that names no type the image knows.
  const std::optional<ArgumentClass>& classify(const std::string& type_name);

 private:
  std::optional<ArgumentClass> resolve(std::string_view type_name);

  TypeReader* types_;
  uint64_t pointer_size_;
  TypeGraph graph_;
  std::map<std::string, std::optional<ArgumentClass>> known_;
};

}  // namespace kapi
