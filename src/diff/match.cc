// SPDX-License-Identifier: GPL-2.0-only
#include "diff/match.h"

#include <fmt/format.h>

#include "diff/match_accepts.h"
#include "diff/match_api.h"
#include "diff/match_surface.h"
#include "diff/match_tables.h"

namespace kapi {
namespace {

Side side_of(const Corpus& corpus, const Names& names) {
  Side side;
  side.bits = corpus.source.bits;
  side.names = &names;
  side.corpus = &corpus;
  return side;
}

class Matcher {
 public:
  Matcher(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
          const Names& old_names, const Names& new_names)
      : old_(old_corpus),
        new_(new_corpus),
        scope_(scope),
        old_names_(old_names),
        new_names_(new_names) {}

  std::vector<Change> run() {
    if (scope_.specs_lost || scope_.specs_gained) {
      whole_specs();
    } else if (scope_.specs.compared) {
      specs();
    }
    whole_abis(scope_.abis_removed, Action::removed);
    whole_abis(scope_.abis_added, Action::added);
    syscalls();
    match_types(old_, new_, scope_, at("", nullptr, nullptr), changes_);
    match_constants(old_, new_, scope_, at("", nullptr, nullptr), changes_);
    for (const auto match_table :
         {match_sysctls, match_cgroup_files, match_tracepoints, match_kfuncs}) {
      match_table(old_, new_, scope_, at("", nullptr, nullptr), changes_);
    }
    return std::move(changes_);
  }

 private:
  Where at(const std::string& root, const Api* old_api, const Api* new_api) const {
    Where where{root, root, side_of(old_, old_names_), side_of(new_, new_names_)};
    if (old_api != nullptr) {
      where.old_side.element = old_api;
      where.old_side.api = old_api;
    }
    if (new_api != nullptr) {
      where.new_side.element = new_api;
      where.new_side.api = new_api;
    }
    return where;
  }
  Where at(const Syscall* old_syscall, const Syscall* new_syscall) const {
    const Syscall& any = old_syscall != nullptr ? *old_syscall : *new_syscall;
    const std::string root = fmt::format("syscall/{}/{}", any.abi, element_name(any));
    Where where{root, root, side_of(old_, old_names_), side_of(new_, new_names_)};
    if (old_syscall != nullptr) {
      where.old_side.element = old_syscall;
      where.old_side.syscall = old_syscall;
    }
    if (new_syscall != nullptr) {
      where.new_side.element = new_syscall;
      where.new_side.syscall = new_syscall;
    }
    return where;
  }

  // One change instead of one per API: the reason is one.
  void whole_specs() {
    const auto text = [](const Corpus& corpus) {
      return fmt::format("{} API{}", corpus.apis.size(), corpus.apis.size() == 1 ? "" : "s");
    };
    const Action action = scope_.specs_lost ? Action::removed : Action::added;
    Change change = change_at(at("specs", nullptr, nullptr), Element::specs, action, "specs");
    (scope_.specs_lost ? change.before : change.after) = text(scope_.specs_lost ? old_ : new_);
    changes_.push_back(std::move(change));
  }

  // The same: not one change for each of its syscalls.
  void whole_abis(const std::set<std::string>& abis, Action action) {
    for (const std::string& abi : abis) {
      Change change =
          change_at(at("syscall/" + abi, nullptr, nullptr), Element::syscall_abi, action, abi);
      (action == Action::removed ? change.before : change.after) = abi;
      changes_.push_back(std::move(change));
    }
  }

  void specs() {
    const Pairing pairing = pair_elements(old_.apis, new_.apis);
    for (const auto& [old_index, new_index] : pairing.pairs) {
      const Api& before = old_.apis[old_index];
      const Api& after = new_.apis[new_index];
      if (scope_.unreadable.count(before.name) == 0 && !(before == after)) {
        match_api(before, after, at(element_name(before), &before, &after), changes_);
      }
    }
    for (const size_t index : pairing.removed) {
      const Api& api = old_.apis[index];
      if (!scope_.specs.new_partial && scope_.unreadable.count(api.name) == 0) {
        push_one_sided(at(element_name(api), &api, nullptr), api, Action::removed);
      }
    }
    for (const size_t index : pairing.added) {
      const Api& api = new_.apis[index];
      if (!scope_.specs.old_partial && scope_.unreadable.count(api.name) == 0) {
        push_one_sided(at(element_name(api), nullptr, &api), api, Action::added);
      }
    }
  }

  void syscalls() {
    const auto scope_for = [](const std::map<std::string, FactScope>& scopes,
                              const Syscall& syscall) {
      const auto found = scopes.find(syscall.abi);
      return found == scopes.end() ? FactScope() : found->second;
    };
    const auto readable = [&](const Where& where) {
      return scope_.unreadable.count(where.root) == 0;
    };
    const Pairing pairing = pair_elements(old_.syscalls, new_.syscalls);
    for (const auto& [old_index, new_index] : pairing.pairs) {
      const Syscall& before = old_.syscalls[old_index];
      const Syscall& after = new_.syscalls[new_index];
      const Where where = at(&before, &after);
      if (scope_for(scope_.syscalls, before).compared && readable(where)) {
        match_syscall(before, after, scope_for(scope_.signatures, before).compared, where,
                      changes_);
        if (scope_.code.compared) {
          match_accepts(before, after, where, changes_);
        }
      }
    }
    for (const size_t index : pairing.removed) {
      const Syscall& syscall = old_.syscalls[index];
      const FactScope scope = scope_for(scope_.syscalls, syscall);
      const Where where = at(&syscall, nullptr);
      if (scope.compared && !scope.new_partial && readable(where)) {
        push_one_sided(where, syscall, Action::removed);
      }
    }
    for (const size_t index : pairing.added) {
      const Syscall& syscall = new_.syscalls[index];
      const FactScope scope = scope_for(scope_.syscalls, syscall);
      const Where where = at(nullptr, &syscall);
      if (scope.compared && !scope.old_partial && readable(where)) {
        push_one_sided(where, syscall, Action::added);
      }
    }
  }

  template <class T>
  void push_one_sided(const Where& where, const T& element, Action action) {
    Change change = change_at(where, kind_of(element), action, element_name(element));
    (action == Action::added ? change.after : change.before) = summary(element);
    changes_.push_back(std::move(change));
  }

  const Corpus& old_;
  const Corpus& new_;
  const Scope& scope_;
  const Names& old_names_;
  const Names& new_names_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> match(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                          const Names& old_names, const Names& new_names) {
  return Matcher(old_corpus, new_corpus, scope, old_names, new_names).run();
}

}  // namespace kapi
