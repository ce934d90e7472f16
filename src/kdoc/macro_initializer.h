// SPDX-License-Identifier: GPL-2.0-only
// A spec's items, with the macros replaced, as the C initialiser they make: which member of which
// element gets which value. Follows C where the text does: what is initialised again as a whole
// forgets what it held, and values without a designator go to the next member or element.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kdoc/macro_evaluator.h"
#include "kdoc/macro_schema.h"

namespace kapi {

struct MacroValue {
  MacroTokens expression;  // of a scalar, or of an array that is named
  std::map<std::string_view, std::unique_ptr<MacroValue>> members;
  std::map<uint64_t, std::unique_ptr<MacroValue>> elements;

  const MacroValue* member(std::string_view name) const;
  const MacroValue* element(uint64_t index) const;
};

// The problems of one spec, of which not more than some are kept.
class MacroReport {
 public:
  explicit MacroReport(std::vector<MacroProblem> problems) : problems_(std::move(problems)) {}

  void add(Level level, std::string code, std::string message, size_t line);
  const std::vector<MacroProblem>& problems() const { return problems_; }

 private:
  std::vector<MacroProblem> problems_;
};

// The block with every macro replaced by what it stands for.
std::vector<MacroToken> expand_macros(const MacroBlock& block, MacroReport& report);

// `tokens` must outlive the value.
MacroValue parse_initializer(MacroTokens tokens, const MacroStruct& record,
                             const MacroEvaluator& evaluator, MacroReport& report);

}  // namespace kapi
