// SPDX-License-Identifier: GPL-2.0-only
#include "diff/match_accepts.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace kapi {
namespace {

constexpr size_t kPlaces = 3;  // of the code, shown

// One argument or field with what is proved of it.
struct Subject {
  std::string path;  // "params/flags", "params/how/fields/resolve"
  std::string name;  // "flags", "how.resolve"
  Described described;
  const Accepts* accepts;
};

// Those of one syscall, by the position of the argument and the name of the field: the names of
// arguments are the kernel's own business.
using Subjects = std::map<std::pair<size_t, std::string>, Subject>;

Subjects proved(const Syscall& syscall) {
  Subjects subjects;
  for (size_t i = 0; i < syscall.params.size(); i++) {
    const Param& param = syscall.params[i];
    const std::string name = element_name(param);
    if (param.accepts && param.accepts->verdict == "proved") {
      subjects[{i, ""}] = {
          "params/" + name, name, {syscall.name, param.name, param.type_name, ""}, &*param.accepts};
    }
    for (const AcceptedField& field : param.fields) {
      if (field.accepts.verdict == "proved") {
        subjects[{i, field.field}] = {fmt::format("params/{}/fields/{}", name, field.field),
                                      fmt::format("{}.{}", name, field.field),
                                      {syscall.name, field.field, "", ""},
                                      &field.accepts};
      }
    }
  }
  return subjects;
}

std::string places_of(const Accepts& accepts) {
  std::vector<std::string> shown = accepts.evidence;
  shown.resize(std::min(shown.size(), kPlaces));
  const size_t more = accepts.evidence.size() - shown.size();
  return shown.empty() ? std::string()
                       : "decided at " + join(shown, ", ") +
                             (more == 0 ? "" : fmt::format(" and {} more", more));
}

// As Names takes it: what is accepted on one side.
Constraint constraint_of(const Accepts& accepts) {
  Constraint constraint;
  constraint.type = accepts.mask ? "mask" : "enum";
  constraint.mask = accepts.mask;
  constraint.values = accepts.values;
  return constraint;
}

// The single bits of a mask, or the values of a list.
std::set<uint64_t> members_of(const Accepts& accepts) {
  std::set<uint64_t> members;
  if (accepts.mask) {
    for (uint64_t rest = accepts.mask->value; rest != 0; rest &= rest - 1) {
      members.insert(rest & -rest);
    }
  }
  for (const int64_t value : accepts.values) {
    members.insert(static_cast<uint64_t>(value));
  }
  return members;
}

void compare(const Subject& before, const Subject& after, const Where& where,
             std::vector<Change>& out) {
  if (before.accepts->kind != after.accepts->kind) {
    return;  // a mask and a list of values say different things
  }
  const std::set<uint64_t> old_members = members_of(*before.accepts);
  const std::set<uint64_t> new_members = members_of(*after.accepts);
  const auto one_sided = [&](uint64_t member, bool added) {
    const Subject& of = added ? after : before;
    const Side& side = added ? where.new_side : where.old_side;
    const std::string called =
        side.names == nullptr
            ? std::string()
            : side.names->of_value(of.described, constraint_of(*of.accepts), member);
    const bool is_mask = of.accepts->mask.has_value();
    const std::string number =
        is_mask ? to_text(Bits{member}) : number_text(static_cast<int64_t>(member));
    const std::string what = called.empty() ? number : fmt::format("{} ({})", called, number);
    Change change = change_at(where, is_mask ? Element::accepted_flag : Element::accepted_value,
                              added ? Action::added : Action::removed,
                              fmt::format("{} in {}", what, std::min(before.name, after.name)));
    change.subject += "/" + std::min(before.path, after.path) + "/accepts/" +
                      (is_mask ? number : std::to_string(static_cast<int64_t>(member)));
    (added ? change.after : change.before) =
        is_mask ? number : to_text(static_cast<int64_t>(member));
    change.old_side.place = places_of(*before.accepts);
    change.new_side.place = places_of(*after.accepts);
    out.push_back(std::move(change));
  };
  for (const uint64_t member : old_members) {
    if (new_members.count(member) == 0) {
      one_sided(member, false);
    }
  }
  for (const uint64_t member : new_members) {
    if (old_members.count(member) == 0) {
      one_sided(member, true);
    }
  }
}

}  // namespace

void match_accepts(const Syscall& old_syscall, const Syscall& new_syscall, const Where& where,
                   std::vector<Change>& out) {
  const Subjects old_subjects = proved(old_syscall);
  const Subjects new_subjects = proved(new_syscall);
  for (const auto& [key, before] : old_subjects) {
    const auto after = new_subjects.find(key);
    if (after != new_subjects.end()) {
      compare(before, after->second, where, out);
    }
  }
}

size_t compared_accepts(const Corpus& old_corpus, const Corpus& new_corpus) {
  std::map<std::pair<std::string, std::string>, const Syscall*> old_syscalls;
  for (const Syscall& syscall : old_corpus.syscalls) {
    old_syscalls[{syscall.abi, syscall.name}] = &syscall;
  }
  size_t count = 0;
  for (const Syscall& syscall : new_corpus.syscalls) {
    const auto found = old_syscalls.find({syscall.abi, syscall.name});
    if (found == old_syscalls.end()) {
      continue;
    }
    const Subjects before = proved(*found->second);
    for (const auto& [key, subject] : proved(syscall)) {
      const auto partner = before.find(key);
      count += partner != before.end() && partner->second.accepts->kind == subject.accepts->kind;
    }
  }
  return count;
}

}  // namespace kapi
