// SPDX-License-Identifier: GPL-2.0-only
// Layouts as compiled. One that only one side has is no news by itself: what a corpus holds of them
// is what its syscalls lead to, or what the installed headers declare that it was read with.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "diff/layout.h"
#include "diff/match_struct.h"
#include "diff/match_surface.h"

namespace kapi {
namespace {

bool is_user(const Struct& type, std::string_view user) {
  return std::find(type.users.begin(), type.users.end(), user) != type.users.end();
}

class TypeMatcher {
 public:
  TypeMatcher(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
              const Where& where, std::vector<Change>& out)
      : old_(old_corpus), new_(new_corpus), scope_(scope), where_(where), out_(out) {
    collect(old_, old_syscalls_);
    collect(new_, new_syscalls_);
  }

  void run() {
    const SizedTypes old_sized(old_);
    const SizedTypes new_sized(new_);
    const Pairing pairing = pair_by_keys(keys_of_all(old_), keys_of_all(new_));
    for (const auto& [old_index, new_index] : pairing.pairs) {
      const Struct& before = old_.types[old_index];
      const Struct& after = new_.types[new_index];
      const Where where = at(&before, &after);
      if (has_layout(before) && has_layout(after) && scope_.unreadable.count(where.root) == 0) {
        match_layout(before, after, old_sized.contains(before) && new_sized.contains(after), where,
                     out_);
      }
    }
    for (const size_t index : pairing.removed) {
      one_sided_type(old_.types[index], Action::removed);
    }
    for (const size_t index : pairing.added) {
      one_sided_type(new_.types[index], Action::added);
    }
  }

 private:
  using Syscalls = std::multimap<std::string_view, const Syscall*>;

  static void collect(const Corpus& corpus, Syscalls& syscalls) {
    for (const Syscall& syscall : corpus.syscalls) {
      syscalls.emplace(syscall.name, &syscall);
    }
  }

  static std::vector<std::vector<std::string>> keys_of_all(const Corpus& corpus) {
    std::vector<std::vector<std::string>> keys;
    keys.reserve(corpus.types.size());
    for (const Struct& type : corpus.types) {
      keys.push_back({type.kind + "/" + type.name, type.name});
    }
    return keys;
  }

  Where at(const Struct* before, const Struct* after) const {
    const std::string_view kind = before == nullptr  ? std::string_view(after->kind)
                                  : after == nullptr ? std::string_view(before->kind)
                                                     : std::min(before->kind, after->kind);
    Where where = where_;
    where.root = fmt::format("{}/{}", kind, element_name(before == nullptr ? *after : *before));
    where.subject = where.root;
    const auto fill = [](Side& side, const Struct* type) {
      side.structure = type;
      if (type != nullptr) {
        side.element = type;
      }
    };
    fill(where.old_side, before);
    fill(where.new_side, after);
    return where;
  }

  void one_sided_type(const Struct& type, Action action) {
    const bool added = action == Action::added;
    const Where where = at(added ? nullptr : &type, added ? &type : nullptr);
    const bool partial = added ? scope_.types.old_partial : scope_.types.new_partial;
    if (partial || scope_.unreadable.count(where.root) != 0) {
      return;
    }
    Change change = change_at(where, Element::structure, action, element_name(type));
    (added ? change.after : change.before) = summary(type);
    const bool headers_partial =
        added ? scope_.constants.old_partial : scope_.constants.new_partial;
    const bool declared = is_user(type, kUapiUser) && scope_.constants.compared && !headers_partial;
    if (!declared && !in_scope_without(type, added, change)) {
      return;
    }
    change.unreached = !declared;
    if (declared && !type.header.empty()) {  // what came or went with a header is one thing
      change.effect_of = {fmt::format("{}/{}/", added ? "new" : "old", type.header)};
    }
    out_.push_back(std::move(change));
  }

  // Whether the side that lacks a type would have it if the type were part of its surface.
  bool in_scope_without(const Struct& type, bool added, Change& change) const {
    const Corpus& without = added ? old_ : new_;
    if (type.users.empty()) {
      return std::any_of(without.types.begin(), without.types.end(),
                         [](const Struct& other) { return other.users.empty(); });
    }
    const Syscalls& has = added ? new_syscalls_ : old_syscalls_;
    const Syscalls& lacks = added ? old_syscalls_ : new_syscalls_;
    bool any = false;
    for (const std::string& user : type.users) {
      const auto own = has.find(user);
      if (user == kUapiUser || own == has.end()) {
        continue;  // headers that the other side was not read with; the spec of an API
      }
      any = true;
      const auto other = lacks.find(user);
      if (other == lacks.end()) {
        const auto table = scope_.syscalls.find(own->second->abi);
        if (table == scope_.syscalls.end() || !table->second.compared ||
            (added ? table->second.old_partial : table->second.new_partial)) {
          return false;
        }
      } else if (!other->second->has_signature()) {
        return false;  // where its arguments lead is not known there
      }
      const bool reason = other == lacks.end() || !(other->second->params == own->second->params);
      if (reason && change.effect_of.empty()) {
        change.effect_of = {fmt::format("syscall/{}/{}", own->second->abi, user)};
      }
    }
    return any;
  }

  const Corpus& old_;
  const Corpus& new_;
  const Scope& scope_;
  const Where& where_;
  std::vector<Change>& out_;
  Syscalls old_syscalls_;
  Syscalls new_syscalls_;
};

}  // namespace

void match_types(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                 const Where& where, std::vector<Change>& out) {
  if (scope.types.compared && !(old_corpus.types == new_corpus.types)) {
    TypeMatcher(old_corpus, new_corpus, scope, where, out).run();
  }
}

}  // namespace kapi
