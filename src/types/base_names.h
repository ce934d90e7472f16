// SPDX-License-Identifier: GPL-2.0-only
// One spelling for each base type. GCC writes "long unsigned int" into its debug information, Clang
// "unsigned long", pahole what the compiler wrote; and no two agree on a character's signedness.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

// An integer type under its canonical name. Character and plain-char signedness follow the name.
IntegerType canonical_integer(std::string_view name, uint64_t size, bool is_signed, bool is_bool,
                              bool is_char);

}  // namespace kapi
