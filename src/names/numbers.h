// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace kapi {

// Every name that builtin_constant() knows.
void for_each_builtin(const std::function<void(std::string_view, int64_t)>& visit);

}  // namespace kapi
