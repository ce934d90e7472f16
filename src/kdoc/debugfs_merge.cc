// SPDX-License-Identifier: GPL-2.0-only
// JSON has every text whole and every number as it is; the text form alone has what parameters
// accept, and state transitions.
#include <algorithm>
#include <iterator>

#include "kapi/kdoc.h"
#include "kdoc/debugfs_omits.h"

namespace kapi {
namespace {

void merge_param(Param& param, const Param& text) {
  param.constraint = text.constraint;
  param.constraint_text = text.constraint_text;
  param.size = text.size;
  param.alignment = text.alignment;
  if (param.type.empty()) {
    param.type = text.type;
  }
}

bool omits(const DebugfsSpec& spec, std::string_view path) {
  return std::find(spec.omits.begin(), spec.omits.end(), path) != spec.omits.end();
}

// What neither form says; of what JSON omits, what the text cannot say is enough.
std::vector<Unresolved> unresolved(const Api& text, const Api& json) {
  std::vector<Unresolved> both;
  for (const Unresolved& value : text.unresolved) {
    const bool in_json = std::any_of(json.unresolved.begin(), json.unresolved.end(),
                                     [&](const auto& other) { return other.path == value.path; });
    const bool text_only =
        value.path.starts_with("params/") && value.path.find("/constraint") != std::string::npos;
    if (in_json || text_only) {
      both.push_back(value);
    }
  }
  return both;
}

}  // namespace

DebugfsSpec merge_debugfs(const DebugfsSpec& text, const DebugfsSpec& json) {
  DebugfsSpec both = json;
  both.omits = common_omits(text.omits, json.omits);
  Api& api = both.api;
  // A list that the JSON of this revision lacks is the text's.
  Api::members(api, [&](std::string_view name, auto& member) {
    if (omits(json, name)) {
      Api::members(text.api, [&](std::string_view other_name, const auto& other) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>,
                                     std::remove_cvref_t<decltype(other)>>) {
          if (other_name == name) {
            member = other;
          }
        }
      });
    }
  });
  for (size_t i = 0; i < std::min(api.params.size(), text.api.params.size()); i++) {
    if (api.params[i].name == text.api.params[i].name) {
      merge_param(api.params[i], text.api.params[i]);
    }
  }
  api.unresolved = unresolved(text.api, json.api);
  return both;
}

}  // namespace kapi
