// SPDX-License-Identifier: GPL-2.0-only
#include "diff/struct_growth.h"

#include <algorithm>

#include "diff/c_type.h"

namespace kapi {
namespace {

bool carries_size(const Side& side) {
  const auto& fields = side.structure->fields;
  const bool in_itself = std::any_of(fields.begin(), fields.end(), [](const Field& field) {
    return field.offset == 0 && field.name == "size";
  });
  const auto& params = side.api->params;
  return in_itself || std::any_of(params.begin(), params.end(), [&](const Param& param) {
           const auto words = c_type(param, side.bits).bare;
           return param.size_param &&
                  std::find(words.begin(), words.end(), side.structure->name) != words.end();
         });
}

bool same_place(const Field& a, const Field& b) {
  return a.name == b.name && a.offset == b.offset && a.size == b.size;
}

}  // namespace

bool extends(const Side& shorter, const Side& longer) {
  const Struct& before = *shorter.structure;
  const Struct& after = *longer.structure;
  if (!before.size || !after.size || *after.size <= *before.size || !carries_size(shorter) ||
      !carries_size(longer)) {
    return false;
  }
  const auto stays = [&](const Field& field) {
    return std::any_of(after.fields.begin(), after.fields.end(),
                       [&](const Field& other) { return same_place(field, other); });
  };
  const auto at_end = [&](const Field& field) {
    return field.offset >= *before.size ||
           std::any_of(before.fields.begin(), before.fields.end(),
                       [&](const Field& other) { return same_place(field, other); });
  };
  return std::all_of(before.fields.begin(), before.fields.end(), stays) &&
         std::all_of(after.fields.begin(), after.fields.end(), at_end);
}

}  // namespace kapi
