// SPDX-License-Identifier: GPL-2.0-only
// Which configuration symbols a kernel needs to have a syscall.
#pragma once

#include <optional>
#include <string_view>

namespace kapi {

struct Release {
  unsigned major = 0;
  unsigned minor = 0;

  bool operator==(const Release&) const = default;
  bool operator<(const Release& other) const {
    return major != other.major ? major < other.major : minor < other.minor;
  }
};
// "6.12.117+deb12-amd64"; nothing if it does not begin with two numbers.
std::optional<Release> parse_release(std::string_view text);

struct SyscallConfig {
  std::string_view syscall;  // as SYSCALL_DEFINE names it
  std::string_view symbols;  // all of which it needs, without CONFIG_, parted by blanks
  Release since;             // the first release that has it; 0.0 where that is older than 3.0
};
// Null for a syscall that no configuration leaves out.
const SyscallConfig* find_syscall_config(std::string_view syscall);

}  // namespace kapi
