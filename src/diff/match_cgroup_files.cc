// SPDX-License-Identifier: GPL-2.0-only
// Files of control groups. A table that only code registers may not say its controller, or which
// hierarchy it is for: "swap.max" of one image is "memory.swap.max" of another whose table does.
// Where a controller has no more files in a hierarchy, that is one change and not one for each.
#include <fmt/format.h>

#include <map>
#include <set>

#include "diff/match_tables.h"

namespace kapi {
namespace {

std::string summary_of(const CgroupFile& file) {
  return join({file.access.empty() ? "no access" : to_text(file.access), to_text(file.flags)},
              "; ");
}

std::string place_of(const CgroupFile& file) {
  return file.table.empty() ? "" : "table " + file.table;
}

// "memory" of "memory.swap.max"; empty for the files that every group has.
std::string controller_of(const CgroupFile& file) {
  const std::string controller = file.name.substr(0, file.name.find('.'));
  return controller == file.name || controller == "cgroup" ? "" : controller;
}

using Controller = std::pair<std::string, std::string>;  // hierarchy, name

std::map<Controller, size_t> controllers(const std::vector<CgroupFile>& files) {
  std::map<Controller, size_t> counts;
  for (const CgroupFile& file : files) {
    if (!file.hierarchy.empty() && !controller_of(file).empty()) {
      counts[{file.hierarchy, controller_of(file)}]++;
    }
  }
  return counts;
}

std::vector<std::vector<std::string>> keys(const std::vector<CgroupFile>& files) {
  std::vector<std::vector<std::string>> all;
  all.reserve(files.size());
  for (const CgroupFile& file : files) {
    all.push_back({file.hierarchy + '\x1f' + file.name + '\x1f' + summary_of(file),
                   file.hierarchy + '\x1f' + file.name});
  }
  return all;
}

bool same_hierarchy(const CgroupFile& a, const CgroupFile& b) {
  return a.hierarchy == b.hierarchy || a.hierarchy.empty() || b.hierarchy.empty();
}

bool same_file(const CgroupFile& a, const CgroupFile& b) {
  const auto without_controller = [](const CgroupFile& whole, const CgroupFile& part) {
    return whole.name.size() > part.name.size() + 1 &&
           whole.name == controller_of(whole) + "." + part.name;
  };
  const bool vague = a.hierarchy != b.hierarchy || a.hierarchy.empty();
  return same_hierarchy(a, b) &&
         ((a.name == b.name && vague) || without_controller(a, b) || without_controller(b, a));
}

// Partners of which one side says less.
void pair_vague(const Corpus& old_corpus, const Corpus& new_corpus, Pairing& pairing) {
  std::vector<std::pair<size_t, size_t>> more;
  std::set<size_t> taken;
  for (const size_t old_index : pairing.removed) {
    for (const size_t new_index : pairing.added) {
      if (taken.count(new_index) == 0 &&
          same_file(old_corpus.cgroup_files[old_index], new_corpus.cgroup_files[new_index])) {
        more.emplace_back(old_index, new_index);
        taken.insert(new_index);
        break;
      }
    }
  }
  pairing.add_pairs(more);
}

class FileMatcher {
 public:
  FileMatcher(const Corpus& old_corpus, const Corpus& new_corpus, FactScope facts,
              const Where& where, std::vector<Change>& out)
      : old_(old_corpus), new_(new_corpus), facts_(facts), where_(where), out_(out) {}

  void run() {
    Pairing pairing = pair_by_keys(keys(old_.cgroup_files), keys(new_.cgroup_files));
    pair_vague(old_, new_, pairing);
    for (const auto& [old_index, new_index] : pairing.pairs) {
      compare(old_.cgroup_files[old_index], new_.cgroup_files[new_index]);
    }
    if (!facts_.new_partial) {
      one_sided(old_.cgroup_files, pairing.removed, new_.cgroup_files, false);
    }
    if (!facts_.old_partial) {
      one_sided(new_.cgroup_files, pairing.added, old_.cgroup_files, true);
    }
  }

 private:
  Where at(const CgroupFile* before, const CgroupFile* after) const {
    const CgroupFile& any = before == nullptr ? *after : *before;
    const CgroupFile& other = after == nullptr ? *before : *after;
    const std::string& name = any.name.size() > other.name.size() ? any.name : other.name;
    const std::string& hierarchy = any.hierarchy.empty() ? other.hierarchy : any.hierarchy;
    Where entry = table_entry(where_, join({"cgroup", hierarchy, name}, "/"));
    entry.old_side.place = before == nullptr ? "" : place_of(*before);
    entry.new_side.place = after == nullptr ? "" : place_of(*after);
    return entry;
  }

  void compare(const CgroupFile& before, const CgroupFile& after) {
    const Where entry = at(&before, &after);
    if (before.access != after.access) {
      add_change(entry, Element::cgroup_file, Action::changed, before.name, "access",
                 to_text(before.access), to_text(after.access), out_);
    }
    if (before.flags != after.flags) {
      add_change(entry, Element::cgroup_file, Action::changed, before.name, "flags",
                 to_text(before.flags), to_text(after.flags), out_);
    }
  }

  void one_sided(const std::vector<CgroupFile>& files, const std::vector<size_t>& indices,
                 const std::vector<CgroupFile>& others, bool added) {
    const Action action = added ? Action::added : Action::removed;
    const auto with = controllers(files);
    const auto without = controllers(others);
    std::set<Controller> told;
    for (const size_t index : indices) {
      const CgroupFile& file = files[index];
      const Controller controller{file.hierarchy, controller_of(file)};
      const auto count = with.find(controller);
      if (count == with.end() || without.count(controller) != 0) {
        const std::string text = summary_of(file);
        add_change(at(added ? nullptr : &file, added ? &file : nullptr), Element::cgroup_file,
                   action, file.name, "", added ? "" : text, added ? text : "", out_);
      } else if (told.insert(controller).second) {
        const Where entry =
            table_entry(where_, fmt::format("cgroup/{}/{}", controller.first, controller.second));
        const std::string text =
            fmt::format("{} file{}", count->second, count->second == 1 ? "" : "s");
        add_change(entry, Element::cgroup_controller, action, controller.second, "",
                   added ? "" : text, added ? text : "", out_);
      }
    }
  }

  const Corpus& old_;
  const Corpus& new_;
  FactScope facts_;
  const Where& where_;
  std::vector<Change>& out_;
};

}  // namespace

void match_cgroup_files(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                        const Where& where, std::vector<Change>& out) {
  const FactScope facts = table_scope(scope, "cgroup_files");
  if (facts.compared && !(old_corpus.cgroup_files == new_corpus.cgroup_files)) {
    FileMatcher(old_corpus, new_corpus, facts, where, out).run();
  }
}

}  // namespace kapi
