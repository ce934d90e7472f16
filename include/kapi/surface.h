// SPDX-License-Identifier: GPL-2.0-only
// surface: what an image exposes to userspace whether or not anyone declared it.
//
// Syscall tables (sys_call_table and, where the image has them, ia32_sys_call_table and
// x32_sys_call_table), and the argument names and C types of the syscall metadata that kernels with
// CONFIG_FTRACE_SYSCALLS carry between __start_syscalls_metadata and __stop_syscalls_metadata.
#pragma once

#include <memory>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

// Adds to the corpus the implemented syscalls of every table the image has, with coverage
// ("syscalls/<abi>" and "signatures/<abi>") and diagnostics. An entry that leads to sys_ni_syscall,
// or to the weak stub that COND_SYSCALL leaves when nothing implements the call, is not
// implemented.
void read_syscalls(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);

}  // namespace kapi
