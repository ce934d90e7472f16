// SPDX-License-Identifier: GPL-2.0-only
// What the writer, the reader, the schema and the canonical order must agree on about the members
// of the model's structs. Each of the four walks the same lists with the answers given here, and
// none of them knows a single struct.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kapi/model.h"

namespace kapi {

template <class T>
struct is_list : std::false_type {};
template <class T>
struct is_list<std::vector<T>> : std::true_type {};
template <class T>
struct is_maybe : std::false_type {};
template <class T>
struct is_maybe<std::optional<T>> : std::true_type {};

template <class T>
concept List = is_list<T>::value;
template <class T>
concept Maybe = is_maybe<T>::value;
// A struct whose members are visited: an object in JSON.
template <class T>
concept Record = std::is_class_v<T> && !List<T> && !Maybe<T> && !std::same_as<T, std::string> &&
                 !std::same_as<T, Bits>;

// visit(name, member) for every member, in order.
template <class Self, class Visit>
void visit_members(Self& self, Visit&& visit) {
  if constexpr (std::same_as<std::remove_const_t<Self>, Diagnostic>) {
    // Belongs to base, which knows nothing of the model: the list stands here, and its file offset
    // takes the form that offsets have here.
    visit("level", self.level);
    visit("code", self.code);
    visit("subject", self.subject);
    visit("message", self.message);
    visit("section", self.section);
    std::optional<Bits> offset;
    if (self.offset) {
      offset = Bits{*self.offset};
    }
    visit("offset", offset);
    if constexpr (!std::is_const_v<Self>) {
      self.offset.reset();
      if (offset) {
        self.offset = offset->value;
      }
    }
  } else {
    Self::members(self, visit);
  }
}

// Strings that say which element this is. They are written even when empty (an image may well hold
// a lock without a name), and a corpus that lacks them is refused.
template <class Owner>
constexpr bool is_identity(std::string_view member) {
  if (std::same_as<Owner, Constraint>) {
    return member == "type";
  }
  if (std::same_as<Owner, Diagnostic>) {
    return member == "code" || member == "message";
  }
  constexpr std::string_view kIdentity[] = {"name", "fact", "state", "abi", "entry", "subject"};
  return std::find(std::begin(kIdentity), std::end(kIdentity), member) != std::end(kIdentity);
}

// Whether the member is always written and must be there to be read: what cannot be empty, and what
// identifies.
template <class Owner, class T>
constexpr bool is_required(std::string_view member) {
  if constexpr (std::same_as<T, std::string>) {
    return is_identity<Owner>(member);
  } else {
    return !List<T> && !Maybe<T>;
  }
}

// The tokens of a string member that can have no others; empty if it can. Kernel enumerations are
// open: a number without a known token is "unknown_17".
template <class Owner>
std::span<const std::string_view> closed_tokens(std::string_view member) {
  static constexpr std::string_view kStates[] = {"complete", "partial", "absent",
                                                 "unlisted", "unread",  "not_asked"};
  static constexpr std::string_view kEndianness[] = {"little", "big"};
  if (std::same_as<Owner, Coverage> && member == "state") {
    return kStates;
  }
  if (std::same_as<Owner, Source> && member == "endianness") {
    return kEndianness;
  }
  return {};
}

inline constexpr std::array<Level, 3> kLevels = {Level::note, Level::warning, Level::error};

// Lists whose order is meaning.
constexpr bool is_ordered(std::string_view member) {
  return member == "params" || member == "fields" || member == "state_transitions" ||
         member == "wrapping";
}

}  // namespace kapi
