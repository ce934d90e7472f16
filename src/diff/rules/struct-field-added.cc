// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"
#include "diff/rule.h"
#include "diff/struct_growth.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::field, Action::added},
};

std::optional<Verdict> judge_added(const Change& change) {
  Verdict verdict;
  switch (change.room) {
    case Room::unknown:
      if (extends(change.old_side, change.new_side)) {
        verdict.severity = Severity::info;
      }
      break;
    case Room::padding:
      verdict.severity = Severity::info;
      verdict.message = "{root}: the new field {name} stands in what was padding ({after})";
      break;
    case Room::reserved:
      verdict.severity = Severity::info;
      verdict.message = "{root}: the new field {name} takes reserved bytes ({after})";
      break;
    case Room::shared:
      verdict.severity = Severity::info;
      verdict.message =
          "{root}: the new field {name} shares the bytes of others that are still there ({after})";
      break;
    case Room::end:
    case Room::open_end:
      verdict.severity = change.room == Room::open_end || change.size_travels ? Severity::info
                         : only_declared(change)                              ? Severity::review
                                                                              : Severity::breaking;
      verdict.message = "{root}: there is a new field {name} at the end ({after})";
      break;
    case Room::taken:
      verdict.severity = Severity::breaking;
      verdict.message = "{root}: the new field {name} stands where other fields stood ({after})";
      break;
  }
  return verdict;
}

}  // namespace

extern const Rule rule_struct_field_added = {
    .info =
        {
            .id = "struct-field-added",
            .severity = Severity::review,
            .twin = "struct-field-removed",
            .summary = "A struct has one more field",
            .why = "Programs of the old contract do not set it: where it takes the place of "
                   "padding the kernel may read garbage. At the end of a struct that carries its "
                   "size it is harmless, and only noted. A layout as compiled tells more: in "
                   "padding, in reserved bytes and in a union beside the others a field is how "
                   "the kernel's structs grow; where other fields stood, and at the end of a "
                   "struct whose size the kernel does not learn, it breaks programs.",
            .example = "struct open_how has a field resolve.",
            .remedy = "Make sure that the bytes had to be zero before, so that zero means the old "
                      "behaviour.",
        },
    .claims = kClaims,
    .message = "{root}: there is a new field {name} ({after})",
    .judge = judge_added,
    .thing = Thing::layout,
};

}  // namespace kapi
