// SPDX-License-Identifier: GPL-2.0-only
// The function behind a kernel-doc comment, as scripts/kernel-doc reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

struct ProtoParam {
  std::string name;  // "void" where there is none, "..." of a variable list
  std::string text;  // the declarator: "const char __user * filename"
};

struct FunctionPrototype {
  std::string name;  // SYSCALL_DEFINE3(open, …) is sys_open
  std::vector<ProtoParam> params;
};

// What stands in front of the body of the function, or before the semicolon of a declaration, or is
// a macro; up to the next "/**" at the start of a line. Nothing if there is none.
std::optional<FunctionPrototype> parse_prototype(std::string_view text);

}  // namespace kapi
