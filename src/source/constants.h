// SPDX-License-Identifier: GPL-2.0-only
// What the names in a spec stand for, from where the user says.
#pragma once

#include "kapi/kdoc.h"
#include "kapi/source.h"

namespace kapi {

// Enumerators of LoadOptions::constants first, then macros and enumerators of the headers in
// LoadOptions::uapi. Throws InputError if one of them is not there.
Constants load_constants(const LoadOptions& options, std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
