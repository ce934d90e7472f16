// SPDX-License-Identifier: GPL-2.0-only
#include "diff/match_members.h"

namespace kapi {

Change change_at(const Where& where, Element element, Action action, std::string name) {
  Change change;
  change.element = element;
  change.action = action;
  change.root = where.root;
  change.subject = where.subject;
  change.name = std::move(name);
  change.old_side = where.old_side;
  change.new_side = where.new_side;
  return change;
}

Change member_change(const Where& where, Element element, const std::string& name,
                     std::string_view member, const std::string& before, const std::string& after) {
  Change change = change_at(where, element, Action::changed, name);
  change.member = member;
  std::tie(change.before, change.after) = excerpts(before, after);
  return change;
}

}  // namespace kapi
