// SPDX-License-Identifier: GPL-2.0-only
// Where in a package the archive with its files lies.
#pragma once

#include <optional>
#include <string>

#include "kapi/base.h"

namespace kapi {

struct Container {
  std::string_view format;  // "deb", "rpm", "tar"
  std::string section;      // "data.tar.xz", "payload"; empty if the file is the archive
  size_t offset = 0;        // of the archive in the file
  size_t size = 0;
  bool is_cpio = false;
};

bool is_deb(const Cursor& file);
bool is_rpm(const Cursor& file);
// Also of a packed one, of whose beginning `file` must hold enough.
bool is_tar(const Cursor& file);

// Throws InputError.
Container find_container(const Cursor& file);

}  // namespace kapi
