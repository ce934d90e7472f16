// SPDX-License-Identifier: GPL-2.0-only
// The values of a spec's initialisers: texts, numbers, lists.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/kdoc.h"
#include "kdoc/macro_lexer.h"
#include "kdoc/macro_scanner.h"

namespace kapi {

using MacroTokens = std::span<const MacroToken>;

class MacroEvaluator {
 public:
  MacroEvaluator(std::string_view source, const MacroArrays& arrays, const Constants& constants)
      : source_(source), arrays_(arrays), constants_(constants) {}

  // The text of adjacent strings, up to a NUL in it; empty for NULL. Nothing if it is none, or is
  // given by a name that is not known.
  std::optional<std::string> text(MacroTokens value) const;
  std::optional<int64_t> number(MacroTokens value) const { return number(value, 0); }
  // The elements of `(const s64[]){ A, B }`, of `{ A, B }`, or of an array of this file by its
  // name; none for NULL. Nothing if the name is not known.
  std::optional<std::vector<MacroTokens>> list(MacroTokens value) const;
  // As it is written, with single blanks.
  static std::string source(MacroTokens value);

 private:
  std::optional<int64_t> number(MacroTokens value, int depth) const;
  std::optional<int64_t> call(std::string_view function, const std::vector<MacroTokens>& arguments,
                              int depth) const;
  std::optional<int64_t> ioctl_command(std::string_view function,
                                       const std::vector<MacroTokens>& arguments, int depth) const;
  std::optional<int64_t> own_name(std::string_view name) const;

  std::string_view source_;
  const MacroArrays& arrays_;
  const Constants& constants_;
  mutable std::map<std::string_view, std::vector<MacroToken>> array_tokens_;
  mutable std::optional<Constants> own_;  // the macros of this file
};

// Splits at the commas that stand in no brackets.
std::vector<MacroTokens> split_at_commas(MacroTokens tokens);

}  // namespace kapi
