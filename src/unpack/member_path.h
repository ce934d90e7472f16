// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kapi {

// A member's path as it would lie below the root of a system: no "/" in front, no "." and no
// doubled "/". Nothing if it has a ".." or names nothing.
std::optional<std::string> member_path(std::string_view path);

}  // namespace kapi
