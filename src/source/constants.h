// SPDX-License-Identifier: GPL-2.0-only
// What the names in a spec stand for, from where the user says.
#pragma once

#include "kapi/kdoc.h"
#include "kapi/source.h"

namespace kapi {

// Enumerators of LoadOptions::constants first, then macros and enumerators of the headers in
// LoadOptions::uapi. Throws InputError if one of them is not there.
Constants load_constants(const LoadOptions& options, std::vector<Diagnostic>& diagnostics);

// Adds to the corpus the names that headers define, with the row "constants" of its coverage. The
// sizes of what ioctl commands carry are those of the corpus's layouts; an enumerator that the
// image holds has the value that was compiled. A stored corpus that has constants keeps them.
void add_header_constants(const Constants& headers, Corpus& corpus);

}  // namespace kapi
