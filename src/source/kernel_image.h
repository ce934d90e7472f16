// SPDX-License-Identifier: GPL-2.0-only
// A kernel image into a corpus, wherever its bytes come from: a file, a packed file, a package.
#pragma once

#include <memory>
#include <string>

#include "kapi/image.h"
#include "kapi/source.h"

namespace kapi {

// Everything that is asked for and that the image holds, with its provenance and coverage. Symbols
// and types that it lacks are read from its separate debug file, modules with it where asked for.
// `package` is the package that the image lies in, if it does. Throws InputError if the image is
// malformed as a whole.
Corpus load_kernel(const std::shared_ptr<const Image>& shipped, const LoadOptions& options,
                   const std::string& package = {});

}  // namespace kapi
