// SPDX-License-Identifier: GPL-2.0-only
// The argument names and types that kernels with CONFIG_FTRACE_SYSCALLS carry for each
// SYSCALL_DEFINE (struct syscall_metadata, include/trace/syscall.h).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

struct SyscallMetadata {
  // By name of the SYSCALL_DEFINE, without "sys_".
  std::map<std::string, std::vector<Param>, std::less<>> signatures;
  std::string obstacle;  // why there are none; empty if they were read
  bool failed = false;   // the image has them, and some or all could not be read
};

SyscallMetadata read_syscall_metadata(const std::shared_ptr<const Image>& image, TypeReader& types,
                                      std::vector<Diagnostic>& diagnostics);

}  // namespace kapi
