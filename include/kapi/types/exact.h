// SPDX-License-Identifier: GPL-2.0-only
// Types told apart by what refers to them, and the prototypes of functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kapi/types.h"

namespace kapi {

// A function that is looked for. The address of code of the unit that has it, if it is known, saves
// reading the others; 0 otherwise.
struct FunctionName {
  std::string name;
  uint64_t address = 0;
};
// What a function takes and gives.
struct Prototype {
  TypeId result = 0;
  std::vector<std::pair<std::string, TypeId>> parameters;  // name and type
};

// Types of one source, in a graph of their own, told apart by what refers to them and not by name:
// where an image has two `struct foo`, each is a node. A named record is incomplete until it is
// completed, and then is the very definition that was referred to. Functions throw InputError for
// malformed type data.
class ExactTypes {
 public:
  virtual ~ExactTypes() = default;
  virtual std::string_view origin() const = 0;  // "BTF" or "DWARF"
  virtual const TypeGraph& graph() const = 0;
  // For each name its definitions that differ, of DWARF in size, members and their offsets; none if
  // there is none. Ask for many at once: DWARF is read once for all.
  virtual std::vector<std::vector<TypeId>> find(const std::vector<TypeName>& names) = 0;
  // For each function, inlined or not, its prototypes, those of one text once. The same holds.
  virtual std::vector<std::vector<Prototype>> functions(const std::vector<FunctionName>& names) = 0;
  // False if nothing more is known of the record: it is declared only where it was referred to.
  virtual bool complete(TypeId record) = 0;
  // All names of structs, unions, enumerations and typedefs with a definition, each once.
  virtual std::vector<TypeName> names() = 0;
  // All enumerations without a name: the members of each that has one are reached by its typedef
  // too. Walks all types.
  virtual std::vector<TypeId> unnamed_enumerations() = 0;
};

}  // namespace kapi
