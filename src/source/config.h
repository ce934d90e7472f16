// SPDX-License-Identifier: GPL-2.0-only
// The configuration a kernel was built with, into its corpus. The fact is called "config":
// complete, partial if lines could not be read or it is told from symbols alone, absent, or unread.
#pragma once

#include <string>

#include "kapi/image.h"
#include "kapi/model.h"

namespace kapi {

// What the image says itself; called once its specs are read.
void read_own_config(const Image& image, Corpus& corpus);
// What the user says; it stands over what the corpus has. Throws InputError.
void read_given_config(const std::string& path, Corpus& corpus);

}  // namespace kapi
