// SPDX-License-Identifier: GPL-2.0-only
// C constant expressions, as a compiler for LP64 evaluates them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kdoc/expression_tokens.h"

namespace kapi {

// The value, unsigned ones above the signed range as their bit pattern (SIZE_MAX is -1). Nothing if
// it is no constant expression, or has no defined value, or uses a name without a meaning. Macros
// are replaced as text, as the preprocessor does; what that may grow to, and nesting, is bounded.
std::optional<int64_t> evaluate_expression(std::string_view text, const Lookup& lookup);

}  // namespace kapi
