// SPDX-License-Identifier: GPL-2.0-only
#include "diff/match_tables.h"

namespace kapi {

FactScope table_scope(const Scope& scope, const char* fact) {
  const auto found = scope.tables.find(fact);
  return found == scope.tables.end() ? FactScope() : found->second;
}

Where table_entry(const Where& where, std::string subject) {
  Where entry = where;
  entry.root = std::move(subject);
  entry.subject = entry.root;
  return entry;
}

Change& add_change(const Where& where, Element element, Action action, const std::string& name,
                   std::string_view member, std::string before, std::string after,
                   std::vector<Change>& out) {
  Change change = change_at(where, element, action, name);
  change.member = member;
  change.before = std::move(before);
  change.after = std::move(after);
  out.push_back(std::move(change));
  return out.back();
}

}  // namespace kapi
