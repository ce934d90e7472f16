// SPDX-License-Identifier: GPL-2.0-only
// The parts of a subject. The root is what is compared as a whole: "sys_open" of
// "sys_open/params/flags", "syscall/x86_64/openat" of "syscall/x86_64/openat/params/dfd",
// "struct/open_how" of "struct/open_how/fields/resolve", "enum/x" of "enum/x/ONE".
#pragma once

#include <string_view>

namespace kapi {

std::string_view root_of(std::string_view subject);
// Whether it is about a layout: a struct, a union, or what only a typedef names.
bool is_type(std::string_view subject);
// Whether it is about an entry of a static table: a sysctl, a tracepoint.
bool is_table_entry(std::string_view subject);
// Whether it is about an enumerator.
bool is_enumerator(std::string_view subject);

}  // namespace kapi
