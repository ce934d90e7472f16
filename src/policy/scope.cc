// SPDX-License-Identifier: GPL-2.0-only
#include "policy/scope.h"

#include <algorithm>

namespace kapi {
namespace {

constexpr std::string_view kTable = "syscall/";
constexpr std::string_view kPrefix = "sys_";

// A glob means the spec of a syscall and its entries in the tables alike: "openat" and "sys_openat"
// are one name, and "syscall/ia32/*" tells the ABIs apart where that is wanted.
std::vector<std::string> names_of(std::string_view root) {
  std::vector<std::string> names = {std::string(root)};
  const std::string_view name = root.substr(root.rfind('/') + 1);
  if (root.starts_with(kTable)) {
    names.emplace_back(name);
  }
  if (name.starts_with(kPrefix)) {
    names.emplace_back(name.substr(kPrefix.size()));
  } else if (root.starts_with(kTable)) {
    names.push_back(std::string(kPrefix) + std::string(name));
  }
  return names;
}

bool any_matches(const std::vector<std::string>& globs, const std::vector<std::string>& names) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return glob_matches(glob, name); });
  });
}

// "syscall/x86_64/openat" of "syscall/x86_64/openat/params/dfd".
std::string_view table_entry(std::string_view subject) {
  const size_t name = subject.find('/', kTable.size());
  return name == subject.npos ? subject : subject.substr(0, subject.find('/', name + 1));
}

}  // namespace

bool ScopeFilter::holds_kind(const std::vector<std::string>& kinds) const {
  // An API that does not say what it is may be of any kind.
  return scope_.kinds.empty() ||
         std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
           return kind.empty() ||
                  std::find(scope_.kinds.begin(), scope_.kinds.end(), kind) != scope_.kinds.end();
         });
}

bool ScopeFilter::holds(std::string_view subject) const {
  std::string_view root;
  if (subject.starts_with(kTable)) {
    root = table_entry(subject);
    if (!holds_kind({"syscall"})) {
      return false;
    }
  } else {
    root = subject.substr(0, subject.find('/'));
    const auto kinds = context_.kinds.find(root);
    if (kinds == context_.kinds.end()) {
      return true;
    }
    if (!holds_kind(kinds->second)) {
      return false;
    }
  }
  if (scope_.apis.empty() && scope_.exclude_apis.empty()) {
    return true;
  }
  const std::vector<std::string> names = names_of(root);
  return (scope_.apis.empty() || any_matches(scope_.apis, names)) &&
         !any_matches(scope_.exclude_apis, names);
}

}  // namespace kapi
