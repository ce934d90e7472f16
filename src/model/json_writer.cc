// SPDX-License-Identifier: GPL-2.0-only
#include <nlohmann/json.hpp>

#include "model/members.h"

namespace kapi {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
bool is_absent(const T& value) {
  if constexpr (Maybe<T>) {
    return !value.has_value();
  } else if constexpr (List<T> || std::same_as<T, std::string>) {
    return value.empty();
  } else {
    return false;
  }
}

template <class T>
Json json_of(const T& value) {
  if constexpr (Maybe<T>) {
    return json_of(*value);
  } else if constexpr (List<T>) {
    Json list = Json::array();
    for (const auto& element : value) {
      list.push_back(json_of(element));
    }
    return list;
  } else if constexpr (std::same_as<T, Bits>) {
    return hex(value.value);
  } else if constexpr (std::same_as<T, Level>) {
    return std::string(name(value));
  } else if constexpr (std::same_as<T, std::string>) {
    return to_utf8(value);  // the JSON library throws on anything else
  } else if constexpr (Record<T>) {
    Json::object_t object;
    visit_members(value, [&](const char* name, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if (is_required<T, Member>(name) || !is_absent(member)) {
        object.emplace_back(name, json_of(member));
      }
    });
    return object;
  } else {
    return value;
  }
}

std::string text_of(const Json& json) { return json.dump(2) + "\n"; }

}  // namespace

std::string to_json(const Corpus& corpus) { return text_of(json_of(corpus)); }
std::string to_json(const Api& api) { return text_of(json_of(api)); }

}  // namespace kapi
