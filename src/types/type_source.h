// SPDX-License-Identifier: GPL-2.0-only
// What BTF and DWARF have in common: numbered types that refer to each other. A source describes
// one type at a time; the importer builds graphs from any source, so that both give the same graph.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kapi/base.h"
#include "kapi/types.h"
#include "kapi/types/exact.h"

namespace kapi {

// A type in its source: the BTF id; the address of the DIE, and which dimension of its array.
struct SourceId {
  uint64_t key = 0;  // 0: void
  uint64_t part = 0;
  auto operator<=>(const SourceId&) const = default;  // NOLINT(modernize-use-nullptr): its 0
};

// One type as its source has it. The ids within `node` are not set: `refs` holds them in the order
// of the node's fields, for records that of the members, for functions the result first.
struct Shape {
  TypeNode node;
  std::vector<SourceId> refs;
};

enum class Detail {
  whole,
  name,  // of a named record only its name is wanted
};

// Gives a node the ids of what it refers to: of a type whose references are not those of members.
void set_references(TypeNode& node, const std::vector<TypeId>& ids);

// A function's parameters by name, and what it gives.
struct FunctionShape {
  SourceId result;
  std::vector<std::pair<std::string, SourceId>> parameters;
};

class TypeSource {
 public:
  virtual ~TypeSource() = default;
  // The complete definition of that name. Base types go by their canonical names.
  virtual std::optional<SourceId> find(const TypeName& name) = 0;
  // Never for void. Base types and enum signedness are canonical. Throws InputError.
  virtual Shape describe(SourceId id, Detail detail) = 0;
  // Where a type stands in the file, for errors.
  virtual Place place(SourceId id) const = 0;

  // As ExactTypes has them; see there.
  virtual std::vector<std::vector<SourceId>> find_all(const std::vector<TypeName>& names) = 0;
  virtual std::vector<std::vector<FunctionShape>> functions(
      const std::vector<FunctionName>& names) = 0;
  virtual std::vector<TypeName> names() = 0;
  virtual std::vector<SourceId> unnamed_enumerations() = 0;
};

}  // namespace kapi
