// SPDX-License-Identifier: GPL-2.0-only
#pragma once
#include <span>

#include "kapi/diff.h"
namespace kapi {
struct Rule {
  RuleInfo info;
};
std::span<const Rule* const> rule_table();  // generated
}  // namespace kapi
