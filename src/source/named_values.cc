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

std::set<std::string> families_of(const Corpus& corpus) {
  std::set<std::string> prefixes;
  const auto add = [&](const Api& api, const auto& element, const std::string& words) {
    if (has_named_values(element.constraint)) {
      for (const auto& family : constant_families(api.name, element.name, words)) {
        prefixes.insert(family.prefix);
      }
    }
  };
  for (const Api& api : corpus.apis) {
    for (const Param& param : api.params) {
      add(api, param, param.description + "\n" + param.constraint_text);
    }
    for (const Struct& structure : api.structs) {
      for (const Field& field : structure.fields) {
        add(api, field, field.description + "\n" + field.enum_values);
      }
    }
  }
  return prefixes;
}

}  // namespace

void name_values(Corpus& corpus, const std::function<Constants()>& constants) {
  const std::set<std::string> families = families_of(corpus);
  if (families.empty()) {
    return;
  }
  const Constants known = constants();
  std::set<std::string> have;
  for (const Constant& constant : corpus.constants) {
    have.insert(constant.name);
  }
  for (const std::string& family : families) {
    for (const auto& [name, value] : known.with_prefix(family)) {
      if (have.insert(name).second) {
        corpus.constants.push_back({name, family, value});
      }
    }
  }
}

}  // namespace kapi
