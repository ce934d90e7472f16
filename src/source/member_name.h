// SPDX-License-Identifier: GPL-2.0-only
// How the user names one file of a package: "linux-image.deb:boot/vmlinuz-6.12".
#pragma once

#include <string>

namespace kapi {

struct InputName {
  std::string file;
  std::string member;  // empty: the file itself
};

// A name that is there as a whole is a file, whatever is in it; else the part before a colon may be
// one. What names nothing is taken for a file, whose opening says so.
InputName split_input_name(const std::string& name);

}  // namespace kapi
