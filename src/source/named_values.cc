// SPDX-License-Identifier: GPL-2.0-only
#include "source/named_values.h"

#include <algorithm>
#include <set>

#include "kapi/names.h"

namespace kapi {
namespace {

// Whether the constraint is about single values that may have names.
bool has_named_values(const std::optional<Constraint>& constraint) {
  return constraint &&
         (constraint->type == "mask" || constraint->type == "enum" || constraint->type == "range");
}

std::set<std::string> groups_of(const Corpus& corpus) {
  std::set<std::string> groups;
  const auto add = [&](const Api& api, const auto& element) {
    if (has_named_values(element.constraint)) {
      for (const auto& family : constant_families(described(api, element))) {
        groups.insert(family.group);
      }
    }
  };
  for (const Api& api : corpus.apis) {
    for (const Param& param : api.params) {
      add(api, param);
    }
    for (const Struct& structure : api.structs) {
      for (const Field& field : structure.fields) {
        add(api, field);
      }
    }
  }
  return groups;
}

}  // namespace

void name_values(Corpus& corpus,
                 const std::function<NamedValues(const std::string& group)>& members) {
  constexpr std::string_view kEnum = "enum ";
  std::set<std::pair<std::string, std::string>> have;
  for (const Constant& constant : corpus.constants) {
    have.emplace(constant.name, constant.enumeration);
  }
  for (const std::string& group : groups_of(corpus)) {
    const std::string enumeration = group.starts_with(kEnum) ? group.substr(kEnum.size()) : "";
    for (const auto& [name, value] : members(group)) {
      if (have.emplace(name, enumeration).second) {
        corpus.constants.push_back({name, enumeration, "", value});
      }
    }
  }
}

}  // namespace kapi
