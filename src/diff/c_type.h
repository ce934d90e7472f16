// SPDX-License-Identifier: GPL-2.0-only
// What can be told of a type from its C text and its kernel token, and nothing more: two texts may
// differ and mean the same to the ABI ("int *mnt_id" and "void *mnt_id"), and a typedef may mean
// what no text tells.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kapi/model.h"

namespace kapi {

struct CType {
  std::string token;  // "int", "user_ptr"; empty if absent
  std::vector<std::string>
      spelling;                   // the words and signs of the C text, without the element's name
  std::vector<std::string> bare;  // the same without qualifiers
  bool pointer = false;
  std::optional<ValueType> scalar;  // an integer, or a pointer as a number, whose width is known
};

// `bits` of the architecture, 0 if unknown: then a long has no known width.
CType c_type(const Param& param, uint64_t bits);
CType c_type(const Field& field, uint64_t bits);
CType c_type(const Return& value, uint64_t bits);

// Whether two types are written alike, but for blanks and the name of what they are the type of.
bool same_spelling(const CType& a, const CType& b);

enum class TypeRelation {
  respelled,  // the same type, written otherwise
  unproven,   // neither the same nor different for sure
  changed,
};
TypeRelation relate(const CType& old_type, const CType& new_type);

// The types of the values that two constraints look at. Where only one is known it stands for both,
// and where none is, both are taken as signed 64-bit numbers, which hold the small values of any
// type.
struct ValueTypes {
  ValueType old_type;
  ValueType new_type;
};
ValueTypes value_types(const std::optional<ValueType>& old_type,
                       const std::optional<ValueType>& new_type);

}  // namespace kapi
