// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/debugfs_omits.h"

#include <algorithm>

#include "kapi/kdoc.h"

namespace kapi {
namespace {

// In no form of any revision.
constexpr std::string_view kNever[] = {"network",
                                       "params.constraint.values",
                                       "params.size_param",
                                       "params.size_multiplier",
                                       "signal_masks",
                                       "structs",
                                       "return.error_values"};

// An enumerator's list of values is counted, a constraint's text shown for one type only.
constexpr std::string_view kText[] = {"capabilities.action",
                                      "capabilities.alternatives",
                                      "capabilities.check_condition",
                                      "capabilities.priority",
                                      "params.constraint_text",
                                      "return.type",
                                      "side_effects.condition",
                                      "side_effects.types",
                                      "signals.condition",
                                      "signals.error",
                                      "signals.interruptible",
                                      "signals.priority",
                                      "signals.queue_behavior",
                                      "signals.restartable",
                                      "signals.sa_flags_forbidden",
                                      "signals.sa_flags_required",
                                      "signals.state_forbidden",
                                      "signals.state_required",
                                      "signals.target",
                                      "signals.timing",
                                      "signals.transform_to",
                                      "state_transitions.condition"};
constexpr std::string_view kJson[] = {"params.alignment", "params.constraint",
                                      "params.constraint_text", "params.size", "state_transitions"};
// Of ioctl and sysfs specs.
constexpr std::string_view kTyped[] = {"cmd",        "cmd_name",    "file_ops_name",
                                       "input_size", "output_size", "params.allowed_strings"};
constexpr std::string_view kTypedText[] = {"device_type",          "kind",
                                           "params.default_value", "params.step",
                                           "params.sysfs_path",    "params.sysfs_permissions",
                                           "params.units",         "subsystem"};

template <class List>
void append(std::vector<std::string>& out, const List& list) {
  out.insert(out.end(), std::begin(list), std::end(list));
}

void sort(std::vector<std::string>& paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

bool holds(const std::string& path, const std::string& inner) {
  return inner.starts_with(path) && (inner.size() == path.size() || inner[path.size()] == '.');
}

}  // namespace

std::vector<std::string> debugfs_text_omits(const DebugfsTextTraits& traits) {
  std::vector<std::string> paths;
  append(paths, kNever);
  append(paths, kText);
  if (traits.rfc) {
    paths.emplace_back("constraints");
    append(paths, kTyped);
    append(paths, kTypedText);
  }
  if (traits.no_late_lists) {
    for (const char* list : {"capabilities", "side_effects", "state_transitions"}) {
      paths.emplace_back(list);
    }
  }
  sort(paths);
  return paths;
}

std::vector<std::string> debugfs_json_omits(const DebugfsJsonTraits& traits) {
  std::vector<std::string> paths;
  append(paths, kNever);
  append(paths, kJson);
  if (!traits.capabilities) {
    paths.emplace_back("capabilities");
  }
  if (!traits.late_lists) {
    for (const char* list : {"constraints", "side_effects", "signals"}) {
      paths.emplace_back(list);
    }
  }
  if (traits.typed) {
    append(paths, kTyped);
  }
  sort(paths);
  return paths;
}

std::vector<std::string> common_omits(const std::vector<std::string>& a,
                                      const std::vector<std::string>& b) {
  std::vector<std::string> both;
  for (const std::string& left : a) {
    for (const std::string& right : b) {
      if (holds(left, right)) {
        both.push_back(right);
      } else if (holds(right, left)) {
        both.push_back(left);
      }
    }
  }
  sort(both);
  return both;
}

std::vector<std::string> debugfs_list_omits() {
  std::vector<std::string> paths;
  Api api;
  Api::members(api, [&](std::string_view name, const auto&) {
    if (name != "name" && name != "kind" && name != "description" && name != "unresolved") {
      paths.emplace_back(name);
    }
  });
  sort(paths);
  return paths;
}

}  // namespace kapi
