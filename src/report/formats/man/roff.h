// SPDX-License-Identifier: GPL-2.0-only
// Text that stays text in roff, whatever it holds, and reads the same on every device.
#pragma once

#include <string>
#include <string_view>

#include "report/page/page.h"

namespace kapi::man {

// Inside a line, behind other text: no escape is taken for such.
std::string inline_text(std::string_view text);
// The same where a line begins: no request is taken for such either.
std::string line_start(std::string_view text);
// An argument of a macro, in quotes.
std::string argument(std::string_view text);
// Lines of running text, a new one for each sentence; leading blanks are kept.
std::string running_text(std::string_view text);
// Lines as they are, between .EX and .EE.
std::string example(std::string_view text);
// A declaration as a program's header has it: the mark __user is the kernel's own.
std::string without_user(std::string text);
// ".BI "int open(const char *" pathname ", int " flags );".
std::string prototype(const page::Prototype& prototype);

// The day a kernel was built, "2026-08-14", by what its banner says; empty if it does not.
std::string build_date(std::string_view banner);

}  // namespace kapi::man
