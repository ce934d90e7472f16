// SPDX-License-Identifier: GPL-2.0-only
// One API as several revisions read the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"

namespace kapi {

// A reading and the revision by which it was made.
struct Reading {
  std::string_view revision;
  Api api;
};

// What all readings say. What they do not agree on is absent, and unresolved: "acquires (RFC v5) or
// caller_held (RFC v4)". There must be one reading at least.
Api agreed(const std::vector<Reading>& readings);

}  // namespace kapi
