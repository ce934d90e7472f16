// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/report.h"

namespace kapi {

std::string_view version() { return KAPI_VERSION; }  // CMakeLists.txt sets it for this file alone

}  // namespace kapi
