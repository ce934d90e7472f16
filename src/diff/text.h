// SPDX-License-Identifier: GPL-2.0-only
// The short canonical texts that stand for a value before and after. Different values have
// different texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kapi/model.h"

namespace kapi {

inline std::string to_text(const std::string& value) { return value; }
std::string to_text(uint64_t value);
std::string to_text(int64_t value);
std::string to_text(bool value);
std::string to_text(const Bits& value);
std::string to_text(const Constraint& constraint);
std::string to_text(const Network& network);
std::string to_text(const std::vector<Unresolved>& values);
std::string to_text(const Accepts& accepts);
std::string to_text(const std::vector<AcceptedField>& fields);
std::string to_text(const std::vector<std::string>& values);
std::string to_text(const std::vector<int64_t>& values);
// What a list of numbers stands for.
enum class Numbers { plain, errors, signals, capabilities };
// "EINTR (-4), EAGAIN (-11)"
std::string to_text(const std::vector<int64_t>& values, Numbers numbers,
                    std::string_view architecture);
template <class T>
std::string to_text(const std::optional<T>& value) {
  return value ? to_text(*value) : std::string();
}

// What stands for an element that is there on one side only. Never empty.
std::string summary(const Api& api);
std::string summary(const Param& param);
std::string summary(const Return& value);
std::string summary(const Error& error);
std::string summary(const Lock& lock);
std::string summary(const ApiConstraint& constraint);
std::string summary(const Signal& signal);
std::string summary(const SignalMask& mask);
std::string summary(const Struct& structure);
std::string summary(const Field& field);
std::string summary(const SideEffect& effect);
std::string summary(const StateTransition& transition);
std::string summary(const Capability& capability);
std::string summary(const Syscall& syscall);
std::string summary(const Constant& constant);

// "9", "64 (0x40)"
std::string number_text(int64_t value);
// "int flags (int, 4 bytes)"
std::string type_text(const Param& param);
std::string type_text(const Field& field);
std::string type_text(const Return& value);
// "(int dfd, const char * filename)"
std::string signature_text(const Syscall& syscall);

// Cuts long texts to the neighbourhood of their first difference, at character boundaries.
std::pair<std::string, std::string> excerpts(const std::string& before, const std::string& after);
// Cuts one long text.
std::string excerpt(const std::string& text);

// Joins what is not empty.
std::string join(const std::vector<std::string>& parts, const char* separator);

}  // namespace kapi
