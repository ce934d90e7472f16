// SPDX-License-Identifier: GPL-2.0-only
// The formats of src/report/formats/, one file each.
#pragma once

#include <span>

#include "kapi/report.h"

namespace kapi {

std::span<const Format* const> format_table();  // generated

}  // namespace kapi
