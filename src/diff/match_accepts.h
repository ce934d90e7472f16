// SPDX-License-Identifier: GPL-2.0-only
// What the code of a syscall accepts in its arguments.
#pragma once

#include <vector>

#include "diff/match_members.h"

namespace kapi {

// Two syscalls of one ABI and name. `where` is the syscall itself. Only what is proved on both
// sides is compared, each bit and each value on its own.
void match_accepts(const Syscall& old_syscall, const Syscall& new_syscall, const Where& where,
                   std::vector<Change>& out);

// How many arguments and fields of both corpora are compared.
size_t compared_accepts(const Corpus& old_corpus, const Corpus& new_corpus);

}  // namespace kapi
