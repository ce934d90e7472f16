// SPDX-License-Identifier: GPL-2.0-only
// What each macro of the framework stands for, as an initialiser of the spec's struct.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "kdoc/macro_lexer.h"
#include "kdoc/macro_schema.h"

namespace kapi {

// In a body $1 is the first argument, $s1 its source as text, $all all arguments, $count their
// number.
struct MacroRow {
  std::string_view name;
  size_t arguments = 0;  // at least
  std::string_view body;
};

// Begins a spec. Its body goes before the items.
struct MacroOpener {
  MacroRow macro;
  const MacroStruct* record;  // what is initialised
  std::string_view symbol;    // of the variable, before the name
  bool holds_items = false;   // the items are an argument, the second
};

struct MacroDefinition {
  const MacroRow* row = nullptr;
  std::vector<MacroToken> body;
};

std::span<const MacroRow> macro_rows();
std::span<const MacroRow> macro_ready_made_rows();  // those that bring words of their own

// An item of a spec; null for any other name.
const MacroDefinition* find_macro(std::string_view name);
const MacroOpener* find_macro_opener(std::string_view name);
// Ends the spec that an opener began.
bool is_macro_terminator(std::string_view name);

}  // namespace kapi
