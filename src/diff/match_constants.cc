// SPDX-License-Identifier: GPL-2.0-only
// Names that userspace has for numbers. A name is one thing wherever it is declared: that a macro
// became an enumerator, or moved to another header, is no change as long as it stands for the same
// number. What only one side has is gone only if the other side would have it: all installed
// headers were read there, or the enumeration is there without it.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "diff/constants.h"
#include "diff/match_surface.h"

namespace kapi {
namespace {

struct Scopes {
  std::set<std::string_view> enumerations;
  std::set<std::string_view> headers;
  std::set<std::string_view> names;

  explicit Scopes(const Corpus& corpus) {
    for (const Constant& constant : corpus.constants) {
      enumerations.insert(constant.enumeration);
      headers.insert(constant.header);
      names.insert(constant.name);
    }
    enumerations.erase("");
    headers.erase("");
  }
};

class ConstantMatcher {
 public:
  ConstantMatcher(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                  const Where& where, std::vector<Change>& out)
      : old_(old_corpus),
        new_(new_corpus),
        scope_(scope),
        where_(where),
        out_(out),
        old_scopes_(old_corpus),
        new_scopes_(new_corpus) {}

  void run() {
    const Pairing pairing = pair_elements(old_.constants, new_.constants);
    for (const auto& [old_index, new_index] : pairing.pairs) {
      const Constant& before = old_.constants[old_index];
      const Constant& after = new_.constants[new_index];
      if (before.value && after.value && before.value != after.value && compared(before) &&
          compared(after)) {
        const Where where = at(&before, &after);
        Change change = change_at(where, element_of(before, after), Action::changed, before.name);
        change.member = "value";
        change.before = summary(before);
        change.after = summary(after);
        out_.push_back(std::move(change));
      }
    }
    for (const size_t index : pairing.removed) {
      one_sided_constant(old_.constants[index], Action::removed);
    }
    for (const size_t index : pairing.added) {
      one_sided_constant(new_.constants[index], Action::added);
    }
  }

 private:
  bool compared(const Constant& constant) const {
    return scope_.constants.compared || (scope_.enumerators.compared && !is_macro(constant));
  }

  // Two partners are an enumerator if both are.
  static Element element_of(const Constant& before, const Constant& after) {
    return std::min(kind_of(before), kind_of(after));
  }

  Where at(const Constant* before, const Constant* after) const {
    const Constant& any = before == nullptr ? *after : *before;
    const Constant& other = after == nullptr ? *before : *after;
    Where where = where_;
    if (element_of(any, other) == Element::enumerator) {
      where.root = "enum/" + std::min(any.enumeration, other.enumeration);
      where.subject = where.root + "/" + element_name(any);
    } else {
      where.root = "constant/" + element_name(any);
      where.subject = where.root;
    }
    if (before != nullptr) {
      where.old_side.element = before;
    }
    if (after != nullptr) {
      where.new_side.element = after;
    }
    return where;
  }

  void one_sided_constant(const Constant& constant, Action action) {
    const bool added = action == Action::added;
    const Scopes& without = added ? old_scopes_ : new_scopes_;
    if (without.names.count(constant.name) != 0) {
      return;  // it is there, and was compared: this was one of several declarations
    }
    const auto all_read = [&](const FactScope& scope) {
      return scope.compared && !(added ? scope.old_partial : scope.new_partial);
    };
    const bool in_both =
        all_read(scope_.enumerators) && without.enumerations.count(constant.enumeration) != 0;
    if (!all_read(scope_.constants) && !in_both) {
      return;
    }
    Change change = change_at(at(added ? nullptr : &constant, added ? &constant : nullptr),
                              kind_of(constant), action, constant.name);
    (added ? change.after : change.before) = summary(constant);
    // What came or went with a header is one thing, and so are what came to one, and a family that
    // left one.
    if (!constant.header.empty() && change.element == Element::constant) {
      const bool whole = added || without.headers.count(constant.header) == 0;
      change.effect_of = {fmt::format("{}/{}/{}", added ? "new" : "old", constant.header,
                                      whole ? std::string_view() : family_of(constant.name))};
    }
    // Not reached: the enumeration is gone as a whole.
    change.unreached = change.element == Element::enumerator &&
                       without.enumerations.count(constant.enumeration) == 0;
    out_.push_back(std::move(change));
  }

  const Corpus& old_;
  const Corpus& new_;
  const Scope& scope_;
  const Where& where_;
  std::vector<Change>& out_;
  Scopes old_scopes_;
  Scopes new_scopes_;
};

}  // namespace

void match_constants(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                     const Where& where, std::vector<Change>& out) {
  const bool any = scope.constants.compared || scope.enumerators.compared;
  if (any && !(old_corpus.constants == new_corpus.constants)) {
    ConstantMatcher(old_corpus, new_corpus, scope, where, out).run();
  }
}

}  // namespace kapi
