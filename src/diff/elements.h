// SPDX-License-Identifier: GPL-2.0-only
// What the matcher must know of each kind of element: which element it is, its name in a subject,
// and the keys by which it is recognised on the other side.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diff/change.h"

namespace kapi {

inline Element kind_of(const Api&) { return Element::api; }
inline Element kind_of(const Param&) { return Element::param; }
inline Element kind_of(const Return&) { return Element::return_value; }
inline Element kind_of(const Error&) { return Element::error; }
inline Element kind_of(const Lock&) { return Element::lock; }
inline Element kind_of(const ApiConstraint&) { return Element::api_constraint; }
inline Element kind_of(const Signal&) { return Element::signal; }
inline Element kind_of(const SignalMask&) { return Element::signal_mask; }
inline Element kind_of(const Struct&) { return Element::structure; }
inline Element kind_of(const Field&) { return Element::field; }
inline Element kind_of(const SideEffect&) { return Element::side_effect; }
inline Element kind_of(const StateTransition&) { return Element::state_transition; }
inline Element kind_of(const Capability&) { return Element::capability; }
inline Element kind_of(const Syscall&) { return Element::syscall; }
inline Element kind_of(const Constant& constant) {
  return constant.enumeration.empty() ? Element::constant : Element::enumerator;
}

// The last part of the element's subject; "(unnamed)" for what has no name.
std::string element_name(const Api& api);
std::string element_name(const Param& param);
std::string element_name(const Return& value);
std::string element_name(const Error& error);
std::string element_name(const Lock& lock);
std::string element_name(const ApiConstraint& constraint);
std::string element_name(const Signal& signal);
std::string element_name(const SignalMask& mask);
std::string element_name(const Struct& structure);
std::string element_name(const Field& field);
std::string element_name(const SideEffect& effect);
std::string element_name(const StateTransition& transition);
std::string element_name(const Capability& capability);
std::string element_name(const Syscall& syscall);
std::string element_name(const Constant& constant);

// Most specific first, without the element as a whole, which comes before all of them.
std::vector<std::string> keys_of(const Api& api);
std::vector<std::string> keys_of(const Param& param);
std::vector<std::string> keys_of(const Error& error);
std::vector<std::string> keys_of(const Lock& lock);
std::vector<std::string> keys_of(const ApiConstraint& constraint);
std::vector<std::string> keys_of(const Signal& signal);
std::vector<std::string> keys_of(const SignalMask& mask);
std::vector<std::string> keys_of(const Struct& structure);
std::vector<std::string> keys_of(const Field& field);
std::vector<std::string> keys_of(const SideEffect& effect);
std::vector<std::string> keys_of(const StateTransition& transition);
std::vector<std::string> keys_of(const Capability& capability);
std::vector<std::string> keys_of(const Syscall& syscall);
std::vector<std::string> keys_of(const Constant& constant);

}  // namespace kapi
