// SPDX-License-Identifier: GPL-2.0-only
#include "diff/elements.h"

#include <fmt/format.h>

#include "diff/text.h"

namespace kapi {
namespace {

std::string named(const std::string& name) { return name.empty() ? "(unnamed)" : name; }

// Joins the parts of a key by what occurs in none of them.
template <class... Part>
std::string key(const Part&... parts) {
  std::string joined;
  ((joined += to_text(parts), joined += '\x1f'), ...);
  return joined;
}

}  // namespace

std::string element_name(const Api& api) { return named(api.name); }
std::string element_name(const Param& param) { return named(param.name); }
std::string element_name(const Return&) { return "return"; }
std::string element_name(const Error& error) { return named(error.name); }
std::string element_name(const Lock& lock) { return named(lock.name); }
std::string element_name(const ApiConstraint& constraint) { return named(constraint.name); }
std::string element_name(const Signal& signal) {
  return signal.name.empty() && signal.number ? fmt::format("signal {}", *signal.number)
                                              : named(signal.name);
}
std::string element_name(const SignalMask& mask) { return named(mask.name); }
std::string element_name(const Struct& structure) { return named(structure.name); }
std::string element_name(const Field& field) { return named(field.name); }
std::string element_name(const SideEffect& effect) {
  return named(effect.target.empty() ? to_text(effect.types) : effect.target);
}
std::string element_name(const StateTransition& transition) {
  return fmt::format("{}: {} -> {}", named(transition.object), transition.from, transition.to);
}
std::string element_name(const Capability& capability) {
  return capability.name.empty() ? fmt::format("capability {}", capability.number)
                                 : capability.name;
}
std::string element_name(const Syscall& syscall) { return named(syscall.name); }
std::string element_name(const Constant& constant) { return named(constant.name); }

std::vector<std::string> keys_of(const Api& api) { return {key(api.name)}; }
std::vector<std::string> keys_of(const Param& param) { return {key(param.name)}; }
std::vector<std::string> keys_of(const Error& error) {
  return {key(error.name, error.code, error.condition), key(error.name, error.code),
          key(error.name)};
}
std::vector<std::string> keys_of(const Lock& lock) {
  return {key(lock.name, lock.scope, lock.type), key(lock.name, lock.scope), key(lock.name)};
}
std::vector<std::string> keys_of(const ApiConstraint& constraint) {
  return {key(constraint.name, constraint.expression), key(constraint.name)};
}
std::vector<std::string> keys_of(const Signal& signal) {
  return {key(signal.name, signal.number, signal.direction, signal.action, signal.target),
          key(signal.name, signal.number), key(signal.name)};
}
std::vector<std::string> keys_of(const SignalMask& mask) {
  return {key(mask.name, mask.signals), key(mask.name)};
}
std::vector<std::string> keys_of(const Struct& structure) {
  return {key(structure.name, structure.size), key(structure.name)};
}
std::vector<std::string> keys_of(const Field& field) {
  return {key(field.name, field.offset), key(field.name)};
}
std::vector<std::string> keys_of(const SideEffect& effect) {
  return {key(effect.target, effect.types), key(effect.target), key(effect.types)};
}
std::vector<std::string> keys_of(const StateTransition& transition) {
  return {key(transition.object, transition.from, transition.to),
          key(transition.object, transition.from), key(transition.object, transition.to)};
}
// One capability may allow several things, so the action is part of what it is. The name may be
// prose where the author described it, so the number counts as well.
std::vector<std::string> keys_of(const Capability& capability) {
  return {key(capability.name, capability.number, capability.action),
          key(capability.name, capability.action), key(capability.number, capability.action)};
}
std::vector<std::string> keys_of(const Syscall& syscall) {
  return {key(syscall.abi, syscall.name, syscall.number),
          key(syscall.abi, syscall.name, syscall.entry), key(syscall.abi, syscall.name)};
}

// A name that stands for the same number stays what it is, wherever it is declared.
std::vector<std::string> keys_of(const Constant& constant) {
  return {key(constant.name, constant.enumeration, constant.value),
          key(constant.name, constant.value),
          key(constant.name, constant.enumeration, constant.header),
          key(constant.name, constant.enumeration), key(constant.name)};
}

}  // namespace kapi
