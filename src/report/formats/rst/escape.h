// SPDX-License-Identifier: GPL-2.0-only
// Text that stays text in reStructuredText, whatever it holds.
#pragma once

#include <string>
#include <string_view>

namespace kapi::rst {

// Running text inside a line: no markup in it is taken for such.
std::string inline_text(std::string_view text);
// The same at the start of a block, where a bullet, a number or a rule would begin something else.
std::string block_text(std::string_view text);
// ``text``, or running text where it cannot stand between such marks.
std::string literal(std::string_view text);

}  // namespace kapi::rst
