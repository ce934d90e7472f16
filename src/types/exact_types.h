// SPDX-License-Identifier: GPL-2.0-only
// The types of a source by their ids in it, for readers that must not mistake one type for another
// of the same name.
#pragma once

#include <memory>

#include "kapi/types/exact.h"
#include "types/type_source.h"

namespace kapi {

// `source` must outlive the result.
std::unique_ptr<ExactTypes> exact_types(TypeSource& source, std::string_view origin);

}  // namespace kapi
