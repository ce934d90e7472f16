// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <string_view>

#include "kapi/policy.h"

namespace kapi {

// Which findings a scope lets through, by the API that their subject belongs to. What belongs to no
// API (the loss of all specs) is in every scope: no list of APIs can mean it.
class ScopeFilter {
 public:
  // Both must outlive it.
  ScopeFilter(const PolicyScope& scope, const PolicyContext& context)
      : scope_(scope), context_(context) {}

  bool holds(std::string_view subject) const;

 private:
  bool holds_kind(const std::vector<std::string>& kinds) const;

  const PolicyScope& scope_;
  const PolicyContext& context_;
};

}  // namespace kapi
