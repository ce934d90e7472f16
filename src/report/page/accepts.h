// SPDX-License-Identifier: GPL-2.0-only
// What the code of a syscall accepts, as a part of its page.
#pragma once

#include <vector>

#include "kapi/model.h"
#include "report/page/page.h"

namespace kapi::page {

// One item for each argument and field of which something is claimed; empty if nothing is.
Section accepts_section(const std::vector<const Syscall*>& syscalls);

}  // namespace kapi::page
