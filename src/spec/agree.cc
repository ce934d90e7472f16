// SPDX-License-Identifier: GPL-2.0-only
#include "spec/agree.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace kapi {
namespace {

template <class T>
constexpr bool is_record =
    std::is_class_v<T> && !std::is_same_v<T, std::string> && !std::is_same_v<T, Bits>;
template <class T>
struct records_of : std::false_type {};
template <class T>
struct records_of<std::vector<T>> : std::bool_constant<is_record<T>> {};

std::string words(const std::string& text) { return text.empty() ? "nothing" : text; }
std::string words(const std::vector<std::string>& tokens) {
  return tokens.empty() ? "nothing" : fmt::format("{}", fmt::join(tokens, " | "));
}
std::string words(const std::optional<Constraint>& constraint) {
  if (!constraint) {
    return "none";
  }
  const bool range = constraint->type == "range";
  if (!range || !constraint->min) {
    return constraint->type;
  }
  return constraint->max ? fmt::format("range {} to {}", *constraint->min, *constraint->max)
                         : fmt::format("range from {}", *constraint->min);
}
template <class T>
std::string words(const std::optional<T>& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return value ? fmt::format("{}", *value) : "nothing";
  } else {
    return value ? "something else" : "nothing";
  }
}
template <class T>
std::string words(const T&) {
  return "something else";
}

template <class T>
std::string name_of_element(const T& element, size_t index) {
  if constexpr (requires { element.name; }) {
    return element.name;
  } else {
    return fmt::format("{}", index);
  }
}

class Agreement {
 public:
  Agreement(const std::vector<Reading>& readings, std::vector<Unresolved>& out)
      : readings_(readings), out_(out) {}

  // The same record in each reading, the first of which is changed.
  template <class T>
  void record(T& first, const std::vector<const T*>& all, const std::string& path) {
    // A member of the i-th reading is found by its place in the list of members.
    std::vector<std::vector<const void*>> places(all.size());
    for (size_t i = 0; i < all.size(); i++) {
      T::members(*all[i],
                 [&](std::string_view, const auto& member) { places[i].push_back(&member); });
    }
    size_t place = 0;
    T::members(first, [&](std::string_view name, auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      std::vector<const Member*> same;
      same.reserve(places.size());
      for (const auto& of_reading : places) {
        same.push_back(static_cast<const Member*>(of_reading[place]));
      }
      place++;
      this->member(member, same,
                   path.empty() ? std::string(name) : fmt::format("{}/{}", path, name));
    });
  }

 private:
  template <class M>
  void member(M& first, const std::vector<const M*>& all, const std::string& path) {
    if (std::all_of(all.begin(), all.end(), [&](const M* each) { return *each == *all[0]; })) {
      return;
    }
    if constexpr (records_of<M>::value) {
      const bool alike = std::all_of(all.begin(), all.end(),
                                     [&](const M* each) { return each->size() == all[0]->size(); });
      for (size_t i = 0; alike && i < first.size(); i++) {
        std::vector<const typename M::value_type*> elements;
        elements.reserve(all.size());
        for (const M* each : all) {
          elements.push_back(&(*each)[i]);
        }
        record(first[i], elements, fmt::format("{}/{}", path, name_of_element(first[i], i)));
      }
      if (alike) {
        return;
      }
    }
    // Readings that say the same stand together.
    std::vector<std::pair<std::string, std::string>> said;
    for (size_t i = 0; i < all.size(); i++) {
      const std::string text = words(*all[i]);
      const auto found = std::find_if(said.begin(), said.end(),
                                      [&](const auto& pair) { return pair.first == text; });
      if (found == said.end()) {
        said.emplace_back(text, readings_[i].revision);
      } else {
        found->second += fmt::format(", {}", readings_[i].revision);
      }
    }
    std::string expression;
    for (const auto& [text, revisions] : said) {
      expression += fmt::format("{}{} ({})", expression.empty() ? "" : " or ", text, revisions);
    }
    first = M();
    out_.push_back({path, expression});
  }

  const std::vector<Reading>& readings_;
  std::vector<Unresolved>& out_;
};

}  // namespace

Api agreed(const std::vector<Reading>& readings) {
  Api result = readings.front().api;
  std::vector<const Api*> all;
  all.reserve(readings.size());
  for (const auto& reading : readings) {
    all.push_back(&reading.api);
  }
  std::vector<Unresolved> unresolved;
  Agreement(readings, unresolved).record(result, all, "");
  result.unresolved.insert(result.unresolved.end(), unresolved.begin(), unresolved.end());
  return result;
}

}  // namespace kapi
