// SPDX-License-Identifier: GPL-2.0-only
// The section "param": for each name what its lines set, in the generator's words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kdoc/spec_values.h"

namespace kapi {

struct ParamValue {
  std::string text;
  size_t line = 0;
};

struct ParamBlock {
  size_t line = 0;
  // By member: type, flags, constraint-type (KAPI_ names), range, mask, enum-values, size,
  // alignment, size-param, constraint (text). The last line wins, except that flags of a type add
  // up.
  std::map<std::string, ParamValue, std::less<>> members;
  std::vector<ParamValue> arch_masks;  // "x86 = MAP_32BIT"

  const ParamValue* find(std::string_view member) const;
};

std::map<std::string, ParamBlock, std::less<>> read_param_blocks(const DocSection* section,
                                                                 const SpecValues& values);

}  // namespace kapi
