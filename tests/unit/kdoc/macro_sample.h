// SPDX-License-Identifier: GPL-2.0-only
// Reads macro specs from a text.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kdoc/macro_specs.h"

namespace kapi {

struct MacroSample {
  SpecTexts specs;

  explicit MacroSample(const std::string& text) : MacroSample(text, Constants()) {}
  MacroSample(const std::string& text, const Constants& constants) {
    read_macro_specs(text, TextNotes("fs/x.c", specs.diagnostics), constants, specs);
  }

  const Api& api(size_t index = 0) const {
    REQUIRE(specs.apis.size() > index);
    return specs.apis[index];
  }
  // "code fs/x.c:3" of each diagnostic.
  std::vector<std::string> problems() const {
    std::vector<std::string> all;
    for (const auto& each : specs.diagnostics) {
      all.push_back(each.code + " " + each.section);
    }
    return all;
  }
  bool has_problem(const std::string& problem) const {
    const auto all = problems();
    return std::find(all.begin(), all.end(), problem) != all.end();
  }
};

// One spec with these items.
inline MacroSample macro_spec(const std::string& items) {
  return MacroSample("DEFINE_KERNEL_API_SPEC(sys_x)\n" + items + "\nKAPI_END_SPEC;\n");
}

inline std::string expression_of(const Api& api, const std::string& path) {
  for (const auto& unresolved : api.unresolved) {
    if (unresolved.path == path) {
      return unresolved.expression;
    }
  }
  return "(resolved)";
}

}  // namespace kapi
