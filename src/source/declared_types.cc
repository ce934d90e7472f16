// SPDX-License-Identifier: GPL-2.0-only
#include "source/declared_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace kapi {
namespace {

constexpr std::string_view kUapi = "uapi";

// "u" and "addr" of the field "u.addr".
std::set<std::string> members_of(const Struct& layout) {
  std::set<std::string> names;
  for (const Field& field : layout.fields) {
    std::string_view rest = field.name;
    while (!rest.empty()) {
      const size_t dot = std::min(rest.find('.'), rest.size());
      names.emplace(rest.substr(0, dot));
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
  }
  names.erase("");
  return names;
}

// The kernel may give an array a length that programs do not see.
bool closes_an_array(const Struct& layout, const HeaderType& declared) {
  return std::any_of(layout.fields.begin(), layout.fields.end(), [&](const Field& field) {
    const size_t dot = field.name.rfind('.') + 1;  // 0 if there is none
    return field.size.value_or(0) != 0 && declared.open_members.count(field.name.substr(dot)) != 0;
  });
}

bool describes(const Struct& layout, const HeaderType& declared) {
  const std::set<std::string> members = members_of(layout);
  const bool same = declared.complete
                        ? members == declared.members
                        : std::includes(declared.members.begin(), declared.members.end(),
                                        members.begin(), members.end());
  return same && !closes_an_array(layout, declared);
}

}  // namespace

void settle_declared_types(const Constants& headers, Corpus& corpus) {
  using Key = std::pair<std::string, std::string>;
  std::multimap<Key, const HeaderType*> declared;
  for (const HeaderType& type : headers.types()) {
    if (!type.is_enumeration) {
      declared.emplace(Key{type.tag, type.name}, &type);
    }
  }
  std::set<Key> described;
  uint64_t unknown = 0;
  for (Struct& layout : corpus.types) {
    const auto [begin, end] = declared.equal_range({layout.kind, layout.name});
    if (begin == end) {
      continue;
    }
    described.emplace(layout.kind, layout.name);
    layout.header = begin->second->header;
    const bool only_declared = layout.users.size() == 1 && layout.users.front() == kUapi;
    if (only_declared &&
        std::none_of(begin, end, [&](const auto& one) { return describes(layout, *one.second); })) {
      Struct bare;
      bare.name = layout.name;
      bare.kind = layout.kind;
      bare.users = layout.users;
      bare.header = layout.header;
      layout = std::move(bare);
      unknown++;
    }
  }
  for (auto at = declared.begin(); at != declared.end(); at = declared.upper_bound(at->first)) {
    if (described.count(at->first) == 0) {
      Struct bare;
      bare.name = at->first.second;
      bare.kind = at->first.first;
      bare.users = {std::string(kUapi)};
      bare.header = at->second->header;
      corpus.types.push_back(std::move(bare));
      unknown++;
    }
  }
  for (Coverage& row : corpus.coverage) {
    if (row.fact == "types" && unknown != 0) {
      row.detail += fmt::format(
          "; {} that headers declare are not described by the image, or otherwise than declared",
          unknown);
    }
  }
}

}  // namespace kapi
