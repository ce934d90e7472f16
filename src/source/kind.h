// SPDX-License-Identifier: GPL-2.0-only
// An input kind: how to recognise it and how to load it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kapi/source.h"

namespace kapi {

struct InputKindEntry {
  std::string_view name;
  std::string_view summary;
  // Whether the file's first bytes (up to 4,096) are of this kind.
  bool (*probe)(std::span<const std::byte> head);
  // Throws InputError.
  Corpus (*load)(const std::string& path, const LoadOptions& options);
};

// All kinds; generated from src/source/kinds/.
std::span<const InputKindEntry* const> kind_table();

}  // namespace kapi
