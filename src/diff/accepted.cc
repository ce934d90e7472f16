// SPDX-License-Identifier: GPL-2.0-only
#include "diff/accepted.h"

#include <algorithm>

namespace kapi {
namespace {

const Api* spec_of(const Side& side) {
  if (side.corpus == nullptr || side.syscall == nullptr) {
    return nullptr;
  }
  const std::string& name = side.syscall->name;
  const auto found =
      std::find_if(side.corpus->apis.begin(), side.corpus->apis.end(),
                   [&](const Api& api) { return api.name == "sys_" + name || api.name == name; });
  return found == side.corpus->apis.end() ? nullptr : &*found;
}

}  // namespace

bool is_specified(const Change& change) {
  const Api* before = spec_of(change.old_side);
  const Api* after = spec_of(change.new_side);
  return before != nullptr && after != nullptr && *before == *after;
}

}  // namespace kapi
