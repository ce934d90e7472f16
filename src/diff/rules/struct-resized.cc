// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"
#include "diff/struct_growth.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::structure, Action::changed, "size"},
};

std::optional<Verdict> judge_size(const Change& change) {
  const Struct& before = *change.old_side.as<Struct>();
  const Struct& after = *change.new_side.as<Struct>();
  if (is_extended(change) || is_truncated(change)) {
    return std::nullopt;
  }
  Verdict verdict;
  const bool only_end = after.size > before.size ? change.old_stays : change.new_stays;
  if (!before.size || !after.size || (only_declared(change) && only_end)) {
    verdict.severity = Severity::review;
  }
  if (is_layout(change)) {
    verdict.message = "{root}: its size changed from {before} to {after} bytes";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_resized = {
    .info =
        {
            .id = "struct-resized",
            .severity = Severity::breaking,
            .twin = "struct-resized",
            .summary = "The size of a struct changed",
            .why = "Programs allocate the old size: the kernel reads or writes past its end, or "
                   "leaves its end unset. A struct whose size is passed along, or stands in it, "
                   "may grow at its end: that is struct-extended. It is for review where one side "
                   "states no size, and where only the end differs of a struct that no syscall "
                   "takes: how programs pass it (an ioctl, a socket option, a netlink attribute) "
                   "is not known.",
            .example = "struct stat grew from 128 to 144 bytes.",
            .remedy = "Keep the layout, or take the size from the program and treat what is "
                      "missing as zero.",
        },
    .claims = kClaims,
    .message = "{root}: the size of the struct {name} changed from {before} to {after} bytes",
    .judge = judge_size,
    .thing = Thing::layout,
    .effect = true,
};

}  // namespace kapi
