// SPDX-License-Identifier: GPL-2.0-only
// One difference between two corpora: which element, what happened to it, before and after. No
// verdict and no prose; that is for the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
  accepted_flag,   // a bit that the code of a syscall lets through in an argument
  accepted_value,  // a value, likewise
  constant,        // a macro, or an enumerator that belongs to no named enumeration
  enumerator,      // of a named enumeration
  sysctl,
  cgroup_controller,  // all its files in one hierarchy
  cgroup_file,
  tracepoint,
  tracepoint_field,
  kfunc,
};

// `renamed` and `reordered` concern the names and the order of a list whose order is meaning.
enum class Action { added, removed, changed, renamed, reordered };

using ElementRef =
    std::variant<std::monostate, const Api*, const Param*, const Return*, const Error*, const Lock*,
                 const ApiConstraint*, const Signal*, const SignalMask*, const Struct*,
                 const Field*, const SideEffect*, const StateTransition*, const Capability*,
                 const Syscall*, const Constant*>;

// What a field that one side lacks has for its bytes on that other side, as a layout tells it.
enum class Room {
  unknown,   // not known: the struct of a spec, or no such change
  padding,   // nothing
  reserved,  // what was kept for it
  shared,    // fields that both sides have: a member of a union
  end,       // the end of the struct is before them
  open_end,  // it needs none: an array of any length
  taken,     // other fields, which moved or are gone on this side
};

// One of the two sides of a change. Points into the corpus that was compared.
struct Side {
  ElementRef element;                 // nothing on the side that lacks it
  const Api* api = nullptr;           // that it belongs to
  const Struct* structure = nullptr;  // that a field belongs to
  const Syscall* syscall = nullptr;   // that it belongs to
  uint64_t bits = 0;                  // of the architecture; 0 if unknown
  const Names* names = nullptr;       // what the corpus calls its numbers; null if it was not asked
  const Corpus* corpus = nullptr;     // that it belongs to; null if it was not asked
  std::string place;                  // where it is to be seen, if it is of a static table

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

  Room room = Room::unknown;
  bool size_travels = false;  // both sides' programs say how large the struct is
  // Whether all fields that one side's layout has are at the same place on the other.
  bool old_stays = false;
  bool new_stays = false;
  bool unreached = false;     // a type that one side's syscalls no longer, or do not yet, lead to
  bool has_namesake = false;  // both sides have another sysctl of that name
  // See Finding.
  std::vector<std::string> effect_of;
};

}  // namespace kapi
