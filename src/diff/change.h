// SPDX-License-Identifier: GPL-2.0-only
// One difference between two corpora: which element, what happened to it, before and after. No
// verdict and no prose; that is for the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "kapi/model.h"
#include "kapi/names.h"

namespace kapi {

enum class Element {
  specs,  // the specs of an input as a whole
  api,
  context,
  param,
  return_value,
  error,
  lock,
  api_constraint,
  signal,
  signal_mask,
  structure,
  field,
  side_effect,
  state_transition,
  capability,
  syscall_abi,  // a table of them as a whole
  syscall,
  syscall_param,
};

// `renamed` and `reordered` concern the names and the order of a list whose order is meaning.
enum class Action { added, removed, changed, renamed, reordered };

using ElementRef = std::variant<std::monostate, const Api*, const Param*, const Return*,
                                const Error*, const Lock*, const ApiConstraint*, const Signal*,
                                const SignalMask*, const Struct*, const Field*, const SideEffect*,
                                const StateTransition*, const Capability*, const Syscall*>;

// One of the two sides of a change. Points into the corpus that was compared.
struct Side {
  ElementRef element;                 // nothing on the side that lacks it
  const Api* api = nullptr;           // that it belongs to
  const Struct* structure = nullptr;  // that a field belongs to
  const Syscall* syscall = nullptr;   // that it belongs to
  uint64_t bits = 0;                  // of the architecture; 0 if unknown
  const Names* names = nullptr;       // what the corpus calls its numbers; null if it was not asked

  std::string_view architecture() const {
    return names == nullptr ? std::string_view() : names->architecture();
  }
  template <class T>
  const T* as() const {
    const auto* pointer = std::get_if<const T*>(&element);
    return pointer == nullptr ? nullptr : *pointer;
  }
};

struct Change {
  Element element = Element::api;
  Action action = Action::changed;
  std::string root;     // "sys_open", "syscall/x86_64/openat": what evidence is looked up by
  std::string subject;  // "sys_open/params/flags"
  std::string name;     // of the element: "flags"
  std::string member;   // "constraint"; empty unless a member changed
  // Short canonical texts. Empty: absent on that side.
  std::string before;
  std::string after;
  Side old_side;
  Side new_side;
};

}  // namespace kapi
