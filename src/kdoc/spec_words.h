// SPDX-License-Identifier: GPL-2.0-only
// The words without which a file holds no spec of a form.
#pragma once

#include <string_view>

namespace kapi {

// A line " * KEY:" with a key by which a kernel build of some revision chooses the files that it
// runs the generator on.
bool has_doc_words(std::string_view text);
// A macro or a struct that a spec in C begins with.
bool has_macro_words(std::string_view text);

}  // namespace kapi
