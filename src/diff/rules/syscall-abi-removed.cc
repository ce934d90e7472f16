// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall_abi, Action::removed},
};

}  // namespace

extern const Rule rule_syscall_abi_removed = {
    .info =
        {
            .id = "syscall-abi-removed",
            .severity = Severity::breaking,
            .twin = "syscall-abi-added",
            .summary = "A whole syscall ABI is gone",
            .why = "Programs that were built for it do not start, or get ENOSYS from every call. "
                   "The old kernel has a table for the ABI, or dispatches it by code; the new one "
                   "has neither, nor any function of it. Most often a configuration option was "
                   "switched off (CONFIG_IA32_EMULATION, CONFIG_COMPAT, CONFIG_X86_X32_ABI). What "
                   "is switched off only while booting is not seen.",
            .example = "An x86_64 kernel that ran i386 programs is built without "
                       "CONFIG_IA32_EMULATION: the ABI ia32 is gone.",
            .remedy = "Switch the option on again, or announce that such programs no longer run.",
        },
    .claims = kClaims,
    .message = "The syscall ABI {name} is gone: programs built for it no longer run",
};

}  // namespace kapi
