// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <vector>

#include "diff/match_members.h"

namespace kapi {

// Two APIs of one name. `where` is the API itself.
void match_api(const Api& old_api, const Api& new_api, const Where& where,
               std::vector<Change>& out);
// Two syscalls of one ABI and name. `where` is the syscall itself.
void match_syscall(const Syscall& old_syscall, const Syscall& new_syscall, bool signatures,
                   const Where& where, std::vector<Change>& out);

}  // namespace kapi
