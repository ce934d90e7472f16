// SPDX-License-Identifier: GPL-2.0-only
// Lists whose order is meaning, and whose elements can get another name: parameters and fields.
#pragma once

#include <tuple>
#include <vector>

#include "diff/c_type.h"
#include "diff/match_members.h"

namespace kapi {

template <class T>
void match_order(const std::vector<T>& old_list, const std::vector<T>& new_list,
                 std::string_view list, const Pairing& pairing, const Where& where,
                 std::vector<Change>& out) {
  if (!pairing.reordered()) {
    return;
  }
  auto by_new = pairing.pairs;
  std::sort(by_new.begin(), by_new.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<std::string> before;
  std::vector<std::string> after;
  for (size_t i = 0; i < by_new.size(); i++) {
    before.push_back(element_name(old_list[pairing.pairs[i].first]));
    after.push_back(element_name(new_list[by_new[i].second]));
  }
  Change change = change_at(inside<T>(where, list, "", nullptr, nullptr), kind_of(T{}),
                            Action::reordered, std::string(list));
  std::tie(change.before, change.after) = excerpts(join(before, ", "), join(after, ", "));
  out.push_back(std::move(change));
}

// Two partners whose names may differ. A new name is a change of the list, and the same new name in
// the text of the type ("int flags") is not a second one.
template <class T>
void compare_renamable(const T& before, const T& after, std::string_view list, const Where& where,
                       std::vector<Change>& out) {
  const std::string name = common_name(before, after);
  std::vector<Change> changes;
  compare_element(before, after, inside(where, list, name, &before, &after), name, changes);
  const bool renamed = before.name != after.name;
  for (Change& change : changes) {
    if (change.member == "name") {
      change.action = Action::renamed;
      change.member.clear();
      change.subject = where.subject + "/" + std::string(list);
      change.before = excerpt(element_name(before));
      change.after = excerpt(element_name(after));
    }
    if (!renamed || change.member != "type_name" ||
        !same_spelling(c_type(before, 0), c_type(after, 0))) {
      out.push_back(std::move(change));
    }
  }
}

}  // namespace kapi
