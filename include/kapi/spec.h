// SPDX-License-Identifier: GPL-2.0-only
// spec: from the bytes of `.kapi_specs` to Api values.
//
// The framework was posted in nine revisions and will change again, so members are looked up by
// name in the image's own BTF or DWARF; built-in tables of all posted revisions serve images that
// carry neither, chosen by evidence that is reported. A member that the layout lacks is absent; one
// that this reader does not know is a diagnostic; what revisions of equal offsets read differently,
// and the image does not decide, is unresolved.
#pragma once

#include <memory>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

// Adds to the corpus the APIs an image declares, with their origins, provenance, coverage ("specs")
// and diagnostics. An image without specs gets the coverage `absent`; a stripped one is searched.
// Does not throw for what an image may hold: an array that cannot be read gives `unread`, one API
// that cannot, `partial`.
void read_specs(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);

}  // namespace kapi
