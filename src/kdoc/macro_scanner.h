// SPDX-License-Identifier: GPL-2.0-only
// Finds the specs in a source text, and the arrays that they refer to by name.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kdoc/macro_table.h"
#include "kdoc/place.h"

namespace kapi {

// What is wrong with a spec, before its name is known.
struct MacroProblem {
  Level level;
  std::string code;
  std::string message;
  size_t line;
};

// One spec in the source: its opening macro's arguments and what stands between it and its end.
struct MacroBlock {
  const MacroOpener* opener = nullptr;  // null for a variable that is declared without a macro
  const MacroStruct* record = nullptr;
  std::string_view variable;  // or the opener's first argument
  std::vector<MacroToken> arguments;
  std::vector<MacroToken> items;
  std::vector<MacroProblem> problems;
  size_t line = 0;
};

// Where the elements of `static const s64 modes[] = {` begin, with their brace.
struct MacroArray {
  size_t offset;
  size_t line;
};
using MacroArrays = std::unordered_map<std::string_view, MacroArray>;

// Hands over each spec, when `arrays` holds the arrays above it.
void scan_macro_specs(std::string_view text, const TextNotes& notes, MacroArrays& arrays,
                      const std::function<void(const MacroBlock&)>& found);

}  // namespace kapi
