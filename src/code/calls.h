// SPDX-License-Identifier: GPL-2.0-only
// Functions of the kernel that are known for what they do, because their code does not tell (user
// memory) or follows conventions of its own.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kapi::code {

enum class Callee : uint8_t {
  ordinary,
  nothing,        // changes no register: __fentry__
  returns,        // the return thunk
  indirect,       // calls or jumps through a register
  never_returns,  // panic
  ends_program,   // do_exit: what was asked for was done
  copy_from_user,
  copy_inline,    // the same with the registers of rep movsb: rep_movs_alternative
  get_user,       // __get_user_4: rax in and out, rdx out
  put_user,       // __put_user_4: rcx in and out
  fill,           // memset
  copy,           // memcpy
  population,     // __sw_hweight32
  reads,          // the kernel's memory, and keeps no pointer to it
  zero_or_error,  // what a security module answers, which its code does not tell
};

struct KnownCallee {
  Callee callee = Callee::ordinary;
  unsigned bytes = 0;  // of get_user
};

// What the function of these names is.
KnownCallee known_callee(const std::vector<std::string_view>& names);

}  // namespace kapi::code
