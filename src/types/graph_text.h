// SPDX-License-Identifier: GPL-2.0-only
// The words of the text form, shared by its printer and its parser.
#pragma once

#include <optional>
#include <string_view>

#include "kapi/types.h"

namespace kapi {

std::string_view qualifier_word(Qualifier qualifier);
std::optional<Qualifier> qualifier_of(std::string_view word);
// The characters of a name that needs no quotes.
bool is_word_start(char c);
bool is_word(char c);
// Whether a name must be quoted where a type may stand.
bool is_reserved(std::string_view word);

}  // namespace kapi
