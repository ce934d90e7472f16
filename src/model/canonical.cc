// SPDX-License-Identifier: GPL-2.0-only
// The one order. A list is sorted by the content of its elements, member by member in the order of
// the member list, so that equal elements are the only ones whose order is open and any order of
// the input gives the same corpus.
#include <compare>

#include "model/members.h"

namespace kapi {
namespace {

template <class T>
std::strong_ordering order(const T& a, const T& b);

// A member whose type is forgotten, with how to compare it to its counterpart.
struct Erased {
  const void* member;
  std::strong_ordering (*order)(const void*, const void*);
};

template <Record T>
std::vector<Erased> members_of(const T& value) {
  std::vector<Erased> members;
  members.reserve(32);
  T::members(value, [&](std::string_view, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    members.push_back({&member, [](const void* a, const void* b) {
                         return order(*static_cast<const Member*>(a),
                                      *static_cast<const Member*>(b));
                       }});
  });
  return members;
}

// Compares the given members only; the full order follows when they are equal.
template <class... Member>
std::strong_ordering order_of(const std::pair<const Member&, const Member&>&... members) {
  std::strong_ordering result = std::strong_ordering::equal;
  // The fold stops at the first member that differs.
  static_cast<void>((std::is_eq(result = order(members.first, members.second)) && ...));
  return result;
}

// What a list is sorted by before all else, where that is not its first member.
std::strong_ordering leading_order(const Syscall& a, const Syscall& b) {
  return order_of<std::string, uint64_t>({a.abi, b.abi}, {a.number, b.number});
}
template <class T>
std::strong_ordering leading_order(const T&, const T&) {
  return std::strong_ordering::equal;
}

template <Record T>
std::strong_ordering record_order(const T& a, const T& b) {
  std::strong_ordering result = leading_order(a, b);
  if (std::is_neq(result)) {
    return result;
  }
  const std::vector<Erased> left = members_of(a);
  const std::vector<Erased> right = members_of(b);
  for (size_t i = 0; i < left.size() && std::is_eq(result); i++) {
    result = left[i].order(left[i].member, right[i].member);
  }
  return result;
}

std::strong_ordering record_order(const Diagnostic& a, const Diagnostic& b) {
  return order_of<std::string, std::optional<uint64_t>, std::string, std::string, std::string,
                  Level>({a.section, b.section}, {a.offset, b.offset}, {a.code, b.code},
                         {a.subject, b.subject}, {a.message, b.message}, {a.level, b.level});
}

template <class T>
std::strong_ordering order(const T& a, const T& b) {
  if constexpr (List<T>) {
    for (size_t i = 0; i < a.size() && i < b.size(); i++) {
      if (const auto result = order(a[i], b[i]); std::is_neq(result)) {
        return result;
      }
    }
    return a.size() <=> b.size();
  } else if constexpr (Maybe<T>) {
    return a && b ? order(*a, *b) : a.has_value() <=> b.has_value();
  } else if constexpr (std::same_as<T, Bits>) {
    return a.value <=> b.value;
  } else if constexpr (Record<T>) {
    return record_order(a, b);
  } else {
    return a <=> b;
  }
}

template <class T>
void canonicalise_value(T& value);

template <class T>
void canonicalise_list(std::string_view name, std::vector<T>& list) {
  if constexpr (Record<T>) {
    for (T& element : list) {
      canonicalise_value(element);
    }
  }
  if (!is_ordered(name)) {
    std::stable_sort(list.begin(), list.end(),
                     [](const T& a, const T& b) { return std::is_lt(order(a, b)); });
  }
}

// Inner lists first: the outer order looks at them.
template <class T>
void canonicalise_value(T& value) {
  if constexpr (Maybe<T>) {
    if (value) {
      canonicalise_value(*value);
    }
  } else if constexpr (Record<T> && !std::same_as<T, Diagnostic>) {
    T::members(value, [](std::string_view name, auto& member) {
      if constexpr (List<std::remove_cvref_t<decltype(member)>>) {
        canonicalise_list(name, member);
      } else {
        canonicalise_value(member);
      }
    });
  }
}

}  // namespace

void canonicalise(Corpus& corpus) { canonicalise_value(corpus); }

const Coverage* find_coverage(const Corpus& corpus, std::string_view fact) {
  const auto found = std::find_if(corpus.coverage.begin(), corpus.coverage.end(),
                                  [&](const Coverage& entry) { return entry.fact == fact; });
  return found == corpus.coverage.end() ? nullptr : &*found;
}

}  // namespace kapi
