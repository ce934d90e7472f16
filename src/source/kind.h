// SPDX-License-Identifier: GPL-2.0-only
// An input kind: how to recognise it and how to load it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kapi/source.h"

namespace kapi {

// What is known of an input before it is loaded.
struct Candidate {
  const std::string& path;
  bool is_folder;
  std::span<const std::byte> head;  // of a file, up to kKernelHead bytes

  std::string_view text() const {
    return {reinterpret_cast<const char*>(head.data()), head.size()};
  }
};

struct InputKindEntry {
  std::string_view name;
  std::string_view summary;
  // Whether the input says itself that it is of this kind: by a magic, or by the files in a folder.
  bool (*probe)(const Candidate& candidate);
  // Whether LoadOptions::kind may ask for it: text and folders need not say what they are.
  bool by_request;
  // Throws InputError.
  Corpus (*load)(const std::string& path, const LoadOptions& options);
};

// All kinds; generated from src/source/kinds/.
std::span<const InputKindEntry* const> kind_table();

}  // namespace kapi
