// SPDX-License-Identifier: GPL-2.0-only
// The C text of a type, as syscall metadata and specs have it, in the one spelling that the types
// of an image are given too (TypeGraph::spelling).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

struct TypeText {
  // Without what only checkers see (__user, __force, attributes) and without qualifiers of the
  // value itself, which say nothing to a caller: "const char *const *". Declarators with brackets
  // or parentheses stay as they are.
  std::string spelling;
  // "struct open_how" of a pointer to it; nothing for base types.
  std::optional<TypeName> named;
};

TypeText read_type_text(std::string_view text);

}  // namespace kapi
