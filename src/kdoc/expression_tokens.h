// SPDX-License-Identifier: GPL-2.0-only
// The tokens of a C expression, after the preprocessor.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace kapi {

// What a name stands for: a number, or the text of a macro, which must outlive the evaluation.
using Meaning = std::variant<int64_t, std::string_view>;
using Lookup = std::function<std::optional<Meaning>(std::string_view)>;

struct ExpressionToken {
  enum class Kind { number, character, name, punctuator };
  Kind kind = Kind::punctuator;
  std::string_view text;
  // A name within its own expansion: it no longer stands for its macro.
  bool painted = false;
};

// Nothing if some character is in no token of a constant expression, or if the expansion is past
// all reason.
std::optional<std::vector<ExpressionToken>> expand_expression(std::string_view text,
                                                              const Lookup& lookup);

}  // namespace kapi
