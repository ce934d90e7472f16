// SPDX-License-Identifier: GPL-2.0-only
// The comparison of two elements member by member, for any kind of element.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "diff/change.h"
#include "diff/elements.h"
#include "diff/pairing.h"
#include "diff/text.h"

namespace kapi {

// Where the comparison stands: what its changes have in common.
struct Where {
  std::string root;
  std::string subject;
  Side old_side;
  Side new_side;
};

Change change_at(const Where& where, Element element, Action action, std::string name);
// A member that differs; long texts are cut.
Change member_change(const Where& where, Element element, const std::string& name,
                     std::string_view member, const std::string& before, const std::string& after);

template <class T>
struct element_list : std::false_type {};
template <class T>
struct element_list<std::vector<T>> : std::is_class<T> {};
template <>
struct element_list<std::vector<std::string>> : std::false_type {};
template <>
struct element_list<std::vector<Unresolved>> : std::false_type {};
template <>
struct element_list<std::vector<AcceptedField>> : std::false_type {};

// All of an element in one text: the key of what did not change.
template <class T>
std::string whole_key(const T& element) {
  std::string key;
  T::members(element, [&](std::string_view, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (element_list<Member>::value) {
      for (const auto& inner : member) {
        key += whole_key(inner) + '\x1e';
      }
    } else if constexpr (std::is_same_v<Member, std::optional<Return>>) {
      key += member ? whole_key(*member) : std::string();
    } else {
      key += to_text(member);
    }
    key += '\x1f';
  });
  return key;
}

template <class T>
Pairing pair_elements(const std::vector<T>& old_list, const std::vector<T>& new_list) {
  const auto keys = [](const std::vector<T>& list) {
    std::vector<std::vector<std::string>> all;
    all.reserve(list.size());
    for (const T& element : list) {
      all.push_back(keys_of(element));
      all.back().insert(all.back().begin(), whole_key(element));
    }
    return all;
  };
  return pair_by_keys(keys(old_list), keys(new_list));
}

// The one name of two partners. Where their names differ it must not depend on which side is old.
template <class T>
std::string common_name(const T& old_element, const T& new_element) {
  return std::min(element_name(old_element), element_name(new_element));
}

template <class T>
Where inside(const Where& where, std::string_view list, const std::string& name,
             const T* old_element, const T* new_element) {
  Where inner = where;
  inner.subject.append("/").append(list);
  if (!name.empty()) {
    inner.subject.append("/").append(name);
  }
  inner.old_side.element = std::monostate();
  inner.new_side.element = std::monostate();
  if (old_element != nullptr) {
    inner.old_side.element = old_element;
  }
  if (new_element != nullptr) {
    inner.new_side.element = new_element;
  }
  return inner;
}

// An element that one side lacks.
template <class T>
void one_sided(const Where& where, std::string_view list, const T& element, Action action,
               std::vector<Change>& out) {
  const bool added = action == Action::added;
  const std::string name = element_name(element);
  const Where at = inside<T>(where, list, std::is_same_v<T, Return> ? "" : name,
                             added ? nullptr : &element, added ? &element : nullptr);
  Change change = change_at(at, kind_of(element), action, name);
  (added ? change.after : change.before) = summary(element);
  out.push_back(std::move(change));
}

// Members that need more than their own value are not compared here but by the matcher of the
// element that they are in.
template <class Owner>
constexpr bool compared_by_owner(std::string_view member) {
  if (std::is_same_v<Owner, Api>) {
    return member == "contexts" || member == "params" || member == "structs" ||
           member == "state_transitions" || member == "unresolved";
  }
  if (std::is_same_v<Owner, Syscall>) {
    return member == "entry" || member == "signature_from" || member == "params" ||
           member == "return";
  }
  if (std::is_same_v<Owner, Struct>) {  // of these, `kind` and `users` are said of layouts only
    return member == "fields" || member == "kind" || member == "users" || member == "header";
  }
  if (std::is_same_v<Owner, Field>) {
    return member == "offset" || member == "size" || member == "bit_offset" || member == "bits";
  }
  return std::is_same_v<Owner, Param> &&
         (member == "size_param" || member == "accepts" || member == "fields");
}

// Numbers that have names.
template <class Owner>
constexpr Numbers numbers_of(std::string_view member) {
  if ((std::is_same_v<Owner, Signal> && member == "error") ||
      (std::is_same_v<Owner, Return> && member == "error_values")) {
    return Numbers::errors;
  }
  if ((std::is_same_v<Owner, Signal> && member == "transform_to") ||
      (std::is_same_v<Owner, SignalMask> && member == "signals")) {
    return Numbers::signals;
  }
  return std::is_same_v<Owner, Capability> && member == "alternatives" ? Numbers::capabilities
                                                                       : Numbers::plain;
}

template <class Owner, class Member>
std::string member_text(std::string_view member, const Member& value, const Side& side) {
  if constexpr (std::is_same_v<Member, std::optional<int64_t>> ||
                std::is_same_v<Member, std::vector<int64_t>>) {
    std::vector<int64_t> list;
    if constexpr (std::is_same_v<Member, std::vector<int64_t>>) {
      list = value;
    } else if (value) {
      list.push_back(*value);
    }
    return to_text(list, numbers_of<Owner>(member), side.architecture());
  }
  return to_text(value);
}

template <class T>
void compare_element(const T& old_element, const T& new_element, const Where& where,
                     const std::string& name, std::vector<Change>& out);

template <class T>
void compare_list(const std::vector<T>& old_list, const std::vector<T>& new_list,
                  std::string_view list, const Where& where, std::vector<Change>& out) {
  if (old_list == new_list) {
    return;
  }
  const Pairing pairing = pair_elements(old_list, new_list);
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const T& before = old_list[old_index];
    const T& after = new_list[new_index];
    const std::string name = common_name(before, after);
    compare_element(before, after, inside(where, list, name, &before, &after), name, out);
  }
  for (const size_t index : pairing.removed) {
    one_sided(where, list, old_list[index], Action::removed, out);
  }
  for (const size_t index : pairing.added) {
    one_sided(where, list, new_list[index], Action::added, out);
  }
}

template <class Owner, class Member>
void compare_member(std::string_view member, const Member& before, const Member& after,
                    const Where& where, const std::string& name, std::vector<Change>& out) {
  if constexpr (element_list<Member>::value) {
    compare_list(before, after, member, where, out);
  } else if constexpr (std::is_same_v<Member, std::optional<Return>>) {
    if (before && after) {
      compare_element(*before, *after, inside(where, member, "", &*before, &*after), "return", out);
    } else if (before) {
      one_sided(where, member, *before, Action::removed, out);
    } else {
      one_sided(where, member, *after, Action::added, out);
    }
  } else {
    out.push_back(member_change(where, kind_of(Owner{}), name, member,
                                member_text<Owner>(member, before, where.old_side),
                                member_text<Owner>(member, after, where.new_side)));
  }
}

// Compares two elements that are partners. `where` is the element itself.
template <class T>
void compare_element(const T& old_element, const T& new_element, const Where& where,
                     const std::string& name, std::vector<Change>& out) {
  T::members(old_element, [&](std::string_view member, const auto& before) {
    T::members(new_element, [&](std::string_view other, const auto& after) {
      if constexpr (std::is_same_v<decltype(before), decltype(after)>) {
        if (member == other && !compared_by_owner<T>(member) && !(before == after)) {
          compare_member<T>(member, before, after, where, name, out);
        }
      }
    });
  });
}

}  // namespace kapi
