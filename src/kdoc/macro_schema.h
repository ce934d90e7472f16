// SPDX-License-Identifier: GPL-2.0-only
// The structs that a spec initialises: which members there are, of what kind, in what order. The
// order is that of RFC v2, with what other revisions have at the end.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace kapi {

struct MacroStruct;

struct MacroMember {
  enum class Kind { number, text, list, record };  // a list stands behind a pointer
  std::string_view name;
  Kind kind = Kind::number;
  size_t capacity = 0;  // of an array the elements, of a text the characters; the largest of all
                        // revisions that have a bound
  const MacroStruct* record = nullptr;

  bool is_array() const { return capacity != 0 && kind != Kind::text; }
};

struct MacroStruct {
  std::string_view name;
  std::span<const MacroMember> members;

  const MacroMember* find(std::string_view member) const;
};

extern const MacroStruct kSpecStruct;     // struct kernel_api_spec
extern const MacroStruct kIoctlStruct;    // struct kapi_ioctl_spec: api_spec, and the command
extern const MacroStruct kHandlerStruct;  // struct kapi_ioctl_handler: spec, an ioctl's

}  // namespace kapi
