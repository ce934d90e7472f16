// SPDX-License-Identifier: GPL-2.0-only
#include "diff/common_ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <type_traits>

#include "diff/elements.h"
#include "diff/text.h"

namespace kapi {
namespace {

constexpr size_t kListed = 8;  // names that one row shows

template <class T>
constexpr bool is_record =
    std::is_class_v<T> && !std::is_same_v<T, std::string> && !std::is_same_v<T, Bits>;
template <class T>
struct list_of : std::false_type {};
template <class T>
struct list_of<std::vector<T>> : std::bool_constant<is_record<T>> {};
template <class T>
struct maybe_of : std::false_type {};
template <class T>
struct maybe_of<std::optional<T>> : std::bool_constant<is_record<T>> {};

// Splits "head<separator>rest".
std::pair<std::string_view, std::string_view> split(std::string_view path, char separator) {
  const size_t at = path.find(separator);
  return {path.substr(0, at), at == path.npos ? std::string_view() : path.substr(at + 1)};
}

// Empties a member, "params.constraint_text", of every element that has it.
template <class T>
void erase_everywhere(T& record, std::string_view path) {
  const auto [head, rest] = split(path, '.');
  T::members(record, [&, head = head, rest = rest](std::string_view name, auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if (name != head) {
      return;
    }
    if (rest.empty()) {
      member = Member();
      return;
    }
    if constexpr (list_of<Member>::value) {
      for (auto& element : member) {
        erase_everywhere(element, rest);
      }
    } else if constexpr (maybe_of<Member>::value) {
      if (member) {
        erase_everywhere(*member, rest);
      }
    }
  });
}

// Empties the member that "params/flags/constraint/mask" leads to. What holds a value is left out
// as a whole: half a constraint is another constraint.
template <class T>
void erase_one(T& record, std::string_view path) {
  const auto [head, rest] = split(path, '/');
  T::members(record, [&, head = head, rest = rest](std::string_view name, auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if (name != head) {
      return;
    }
    if constexpr (list_of<Member>::value) {
      using Element = typename Member::value_type;
      if constexpr (requires(const Element& element) { element_name(element); }) {
        for (auto& element : member) {
          const std::string own = element_name(element);
          if (rest.starts_with(own) && rest.substr(own.size()).starts_with('/')) {
            erase_one(element, rest.substr(own.size() + 1));
          }
        }
      }
    } else if constexpr (std::is_same_v<Member, std::optional<Return>>) {
      if (rest.empty()) {
        member.reset();  // whether there is one is not known
      } else if (member) {
        erase_one(*member, rest);
      }
    } else {
      member = Member();
    }
  });
}

std::string list_text(const std::vector<std::string>& names) {
  const size_t shown = std::min(names.size(), kListed);
  std::string text = fmt::format("{}", fmt::join(names.data(), names.data() + shown, ", "));
  if (shown < names.size()) {
    text += fmt::format(" and {} more", names.size() - shown);
  }
  return text;
}

// "params/flags/constraint/mask" is left out with its constraint.
std::string holder(const std::string& path) {
  const size_t at = path.rfind("/constraint/");
  return at == path.npos ? path : path.substr(0, at + std::string_view("/constraint").size());
}

}  // namespace

CommonGround::CommonGround(const Corpus& old_corpus, const Corpus& new_corpus)
    : old_(&old_corpus), new_(&new_corpus) {
  leave_out_omitted();
  leave_out_unresolved();
}

Corpus& CommonGround::old_copy() { return old_copy_ ? *old_copy_ : old_copy_.emplace(*old_); }
Corpus& CommonGround::new_copy() { return new_copy_ ? *new_copy_ : new_copy_.emplace(*new_); }

void CommonGround::leave_out_omitted() {
  if (old_->source.omits == new_->source.omits) {
    return;  // two inputs of one form: what both lack is equal
  }
  const auto leave_out = [&](const Source& source, const char* side) {
    if (source.omits.empty()) {
      return;
    }
    for (const auto& path : source.omits) {
      for (Corpus* copy : {&old_copy(), &new_copy()}) {
        for (Api& api : copy->apis) {
          erase_everywhere(api, path);
        }
      }
    }
    left_out_.push_back({fmt::format("specs/{}", side), false, false,
                         fmt::format("the {} input, {}, cannot say: {}", side, source.kind,
                                     fmt::join(source.omits, ", "))});
  };
  leave_out(old_->source, "old");
  leave_out(new_->source, "new");
}

void CommonGround::leave_out_unresolved() {
  // By API, then path: the expression on each side.
  using Expressions = std::pair<std::optional<std::string>, std::optional<std::string>>;
  std::map<std::string, std::map<std::string, Expressions>> values;
  const auto collect = [&](const Corpus& corpus, std::optional<std::string> Expressions::*side) {
    for (const Api& api : corpus.apis) {
      for (const Unresolved& value : api.unresolved) {
        values[api.name][value.path].*side = value.expression;
      }
    }
  };
  collect(*old_, &Expressions::first);
  collect(*new_, &Expressions::second);
  std::vector<std::string> names;
  for (const auto& [name, paths] : values) {
    std::set<std::string> shown;
    for (const auto& [path, expressions] : paths) {
      if (expressions.first == expressions.second) {
        continue;  // the same words on both sides
      }
      for (Corpus* copy : {&old_copy(), &new_copy()}) {
        for (Api& api : copy->apis) {
          if (api.name == name) {
            erase_one(api, path);
          }
        }
      }
      const std::string& text = expressions.first ? *expressions.first : *expressions.second;
      if (shown.insert(holder(path)).second) {
        names.push_back(fmt::format("{}/{} ({})", name, holder(path), excerpt(text)));
      }
    }
  }
  if (names.empty()) {
    return;
  }
  const bool from_source = old_->source.kind == "source" || new_->source.kind == "source";
  left_out_.push_back(
      {"specs/unresolved", false, false,
       fmt::format("{} value{} not known for certain, so not compared: {}{}", names.size(),
                   names.size() == 1 ? " is" : "s are", list_text(names),
                   from_source ? "; --uapi or --constants may resolve names" : "")});
}

}  // namespace kapi
