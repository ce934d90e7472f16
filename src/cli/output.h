// SPDX-License-Identifier: GPL-2.0-only
// What leaves the program: results that are complete or an error, and messages of one line.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "kapi/model.h"

namespace kapi::cli {

class OutputError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Writes all of the text or throws OutputError. A regular file is replaced as a whole or not at
// all.
// "-" is standard output; a reader that closes it has had enough, and that is no error.
void write_output(const std::string& file, std::string_view text);

// Whether standard output is a terminal that wants colour (NO_COLOR, TERM).
bool wants_colour();
// How wide lines for standard output may be; `otherwise` if it is no terminal.
size_t terminal_columns(size_t otherwise);

// One line to standard error, with the program's name before it.
void complain(std::string_view message);
// The same for what was noticed while an input was read, once for each code, with the number of
// those left out. `least`: what is less is not told.
void complain_of(const Corpus& corpus, const std::string& file, Level least = Level::note);

}  // namespace kapi::cli
