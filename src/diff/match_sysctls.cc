// SPDX-License-Identifier: GPL-2.0-only
// Files below /proc/sys. The kernel moves tables, and puts them together and apart, without
// userspace seeing it, and the folder of a file is known to code only. So a file is what its name
// says, over all tables; where several files share a name, those that agree most are partners, and
// one less of them is not called gone for certain.
#include <fmt/format.h>

#include <map>

#include "diff/match_tables.h"

namespace kapi {
namespace {

std::string size_text(const Sysctl& sysctl) {
  return fmt::format("{} bytes", sysctl.size.value_or(0));
}

std::string summary_of(const Sysctl& sysctl) {
  return "mode " + sysctl.mode + (sysctl.size ? ", " + size_text(sysctl) : "");
}

std::string place_of(const Sysctl& sysctl) {
  return join({sysctl.path.empty() ? "" : "below /proc/sys/" + sysctl.path,
               sysctl.table.empty() ? "" : "table " + sysctl.table, sysctl.handler},
              ", ");
}

std::vector<std::vector<std::string>> keys(const std::vector<Sysctl>& sysctls) {
  std::vector<std::vector<std::string>> all;
  all.reserve(sysctls.size());
  for (const Sysctl& s : sysctls) {
    const std::string name = s.name + '\x1f';
    const std::string like = name + s.mode + '\x1f' + to_text(s.size);
    all.push_back({like + '\x1f' + s.path + '\x1f' + s.table, like + '\x1f' + s.path,
                   name + s.path + '\x1f' + s.table, name + '\x1f' + s.table, like, name + s.path,
                   name});
  }
  return all;
}

}  // namespace

void match_sysctls(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                   const Where& where, std::vector<Change>& out) {
  const FactScope facts = table_scope(scope, "sysctls");
  if (!facts.compared || old_corpus.sysctls == new_corpus.sysctls) {
    return;
  }
  const auto at = [&](const Sysctl* before, const Sysctl* after) {
    Where entry = table_entry(where, "sysctl/" + (before == nullptr ? after : before)->name);
    entry.old_side.place = before == nullptr ? "" : place_of(*before);
    entry.new_side.place = after == nullptr ? "" : place_of(*after);
    return entry;
  };
  const Pairing pairing = pair_by_keys(keys(old_corpus.sysctls), keys(new_corpus.sysctls));
  std::map<std::string, size_t> on_both;
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const Sysctl& before = old_corpus.sysctls[old_index];
    const Sysctl& after = new_corpus.sysctls[new_index];
    on_both[before.name]++;
    if (before.mode != after.mode) {
      add_change(at(&before, &after), Element::sysctl, Action::changed, before.name, "mode",
                 before.mode, after.mode, out);
    }
    // Without a size the handler knows how much there is. One truth value is one, however wide.
    const bool truth = before.handler == "proc_dobool" && after.handler == "proc_dobool";
    if (before.size != after.size && before.size && after.size && !truth) {
      add_change(at(&before, &after), Element::sysctl, Action::changed, before.name, "size",
                 size_text(before), size_text(after), out);
    }
  }
  const auto one_side = [&](const Sysctl& sysctl, bool added) {
    if (added ? facts.old_partial : facts.new_partial) {
      return;
    }
    const Where entry = at(added ? nullptr : &sysctl, added ? &sysctl : nullptr);
    Change& change =
        add_change(entry, Element::sysctl, added ? Action::added : Action::removed, sysctl.name, "",
                   added ? "" : summary_of(sysctl), added ? summary_of(sysctl) : "", out);
    change.has_namesake = on_both.count(sysctl.name) != 0;
  };
  for (const size_t index : pairing.removed) {
    one_side(old_corpus.sysctls[index], false);
  }
  for (const size_t index : pairing.added) {
    one_side(new_corpus.sysctls[index], true);
  }
}

}  // namespace kapi
