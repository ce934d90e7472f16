// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::syscall_abi, Action::added},
};

}  // namespace

extern const Rule rule_syscall_abi_added = {
    .info =
        {
            .id = "syscall-abi-added",
            .severity = Severity::info,
            .twin = "syscall-abi-removed",
            .summary = "A whole syscall ABI is new",
            .why = "The kernel now runs programs that it could not run before, such as those of a "
                   "32-bit architecture. Each further ABI is a further way into the kernel, which "
                   "sandboxes that look at syscall numbers must know.",
            .example = "An x86_64 kernel is built with CONFIG_IA32_EMULATION.",
            .remedy = "Nothing, if it is meant. Syscall filters should check the architecture "
                      "(seccomp_data.arch) besides the number.",
        },
    .claims = kClaims,
    .message = "The syscall ABI {name} is new",
};

}  // namespace kapi
