// SPDX-License-Identifier: GPL-2.0-only
// A syscall is what userspace passes in registers: the arguments are compared by position, for
// their names are the kernel's own business.
#include "diff/c_type.h"
#include "diff/layout_types.h"
#include "diff/match_api.h"

namespace kapi {
namespace {

// The entry symbol is no part of the ABI. It changes for many syscalls at once when the kernel
// changes how it names them, so what is said of it is said once per ABI: by prefix.
void match_entry(const Syscall& before, const Syscall& after, const Where& where,
                 std::vector<Change>& out) {
  if (before.entry == after.entry) {
    return;
  }
  Change change =
      member_change(where, Element::syscall, before.name, "entry", before.entry, after.entry);
  const auto prefix = [](const Syscall& syscall) {
    return syscall.entry.substr(0, syscall.entry.size() - syscall.name.size()) + "*";
  };
  if (before.entry.ends_with(before.name) && after.entry.ends_with(after.name)) {
    change.subject = "syscall/" + before.abi;
    change.name = before.abi;
    change.before = prefix(before);
    change.after = prefix(after);
  }
  out.push_back(std::move(change));
}

std::vector<std::string> param_names(const Syscall& syscall) {
  std::vector<std::string> names;
  for (const Param& param : syscall.params) {
    names.push_back(element_name(param));
  }
  return names;
}

// The same names in another order, each of them once.
bool permuted(std::vector<std::string> before, std::vector<std::string> after) {
  if (before == after) {
    return false;
  }
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  return before == after && std::adjacent_find(before.begin(), before.end()) == before.end();
}

// A parameter with what the other side's types say of a type that its own do not hold: one name is
// one type, and that one image describes it is no change.
Param completed(Param param, const Param& other) {
  if (param.type.empty() && !param.size && param.type_name == other.type_name) {
    param.type = other.type;
    param.size = other.size;
  }
  return param;
}

// What two sources of signatures can both say of an argument. The words of its type differ with the
// source (the metadata has qualifiers, DWARF has typedefs), so only another class of value, another
// width or another struct behind a pointer counts.
void level(Param& before, Param& after, const Where& where) {
  const auto absent_or_same = [](const auto& a, const auto& b) {
    const std::remove_cvref_t<decltype(a)> absent{};
    return a == absent || b == absent || a == b;
  };
  before.flags.clear();
  after.flags.clear();
  if (before.name.empty() || after.name.empty()) {
    before.name.clear();
    after.name.clear();
  }
  const bool same_value =
      absent_or_same(before.type, after.type) && absent_or_same(before.size, after.size);
  const bool other_struct =
      other_pointees(before, after, *where.old_side.corpus, *where.new_side.corpus).before !=
      nullptr;
  if (same_value && !other_struct) {
    after.type_name = before.type_name;
    after.type = before.type;
    after.size = before.size;
  }
}

void match_syscall_params(const Syscall& old_syscall, const Syscall& new_syscall,
                          const Where& where, std::vector<Change>& out) {
  const auto old_names = param_names(old_syscall);
  const auto new_names = param_names(new_syscall);
  if (old_names.size() != new_names.size()) {
    out.push_back(member_change(where, Element::syscall, element_name(old_syscall), "params",
                                signature_text(old_syscall), signature_text(new_syscall)));
    return;
  }
  const bool reordered = permuted(old_names, new_names);
  const Where list = inside<Param>(where, "params", "", nullptr, nullptr);
  if (reordered) {
    Change change = change_at(list, Element::syscall_param, Action::reordered, "params");
    std::tie(change.before, change.after) = excerpts(join(old_names, ", "), join(new_names, ", "));
    out.push_back(std::move(change));
  }
  for (size_t i = 0; i < old_names.size(); i++) {
    const Param& before = old_syscall.params[i];
    const Param& after = new_syscall.params[i];
    const std::string name = std::min(old_names[i], new_names[i]);
    std::vector<Change> changes;
    const Where at = inside(where, "params", name, &before, &after);
    Param old_param = completed(before, after);
    Param new_param = completed(after, before);
    if (old_syscall.signature_from != new_syscall.signature_from) {
      level(old_param, new_param, where);
    }
    compare_element(old_param, new_param, at, name, changes);
    if (before.size_param != after.size_param) {
      changes.push_back(member_change(at, Element::param, name, "size_param",
                                      to_text(before.size_param), to_text(after.size_param)));
    }
    for (Change& change : changes) {
      change.element = Element::syscall_param;
      if (change.member == "name") {
        change.action = Action::renamed;
        change.member.clear();
        change.subject = list.subject;
      }
      if (change.action != Action::renamed || !reordered) {
        out.push_back(std::move(change));
      }
    }
  }
}

// What it returns, where both sides say it.
void match_return(const Syscall& old_syscall, const Syscall& new_syscall, const Where& where,
                  std::vector<Change>& out) {
  if (!old_syscall.return_ || !new_syscall.return_) {
    return;
  }
  const Return& before = *old_syscall.return_;
  const Return& after = *new_syscall.return_;
  const bool alike = old_syscall.signature_from == new_syscall.signature_from;
  if (alike || relate(c_type(before, where.old_side.bits), c_type(after, where.new_side.bits)) ==
                   TypeRelation::changed) {
    compare_element(before, after, inside(where, "return", "", &before, &after), "return", out);
  }
}

}  // namespace

void match_syscall(const Syscall& old_syscall, const Syscall& new_syscall, bool signatures,
                   const Where& where, std::vector<Change>& out) {
  compare_element(old_syscall, new_syscall, where, element_name(old_syscall), out);
  match_entry(old_syscall, new_syscall, where, out);
  if (signatures && old_syscall.has_signature() && new_syscall.has_signature()) {
    match_syscall_params(old_syscall, new_syscall, where, out);
    match_return(old_syscall, new_syscall, where, out);
  }
}

}  // namespace kapi
