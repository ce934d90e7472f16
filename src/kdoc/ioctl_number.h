// SPDX-License-Identifier: GPL-2.0-only
// The numbers of ioctl commands as headers write them: include/uapi/asm-generic/ioctl.h, and the
// three architectures whose numbers are built otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "kapi/kdoc.h"

namespace kapi {

using Evaluate = std::function<std::optional<int64_t>(std::string_view expression)>;

// Of "_IOWR('V', 0, struct v4l2_capability)"; `evaluate` gives the values of its numbers. Nothing
// if it is no such text, or if the size of the argument is not known.
std::optional<int64_t> ioctl_number(std::string_view body, const Target& target,
                                    const Evaluate& evaluate);

}  // namespace kapi
