// SPDX-License-Identifier: GPL-2.0-only
// Kernel functions that BPF programs may call. The verifier reads meaning into the names of their
// parameters ("mem__sz"), so these are part of what a function takes.
#include <fmt/format.h>

#include <map>

#include "diff/match_tables.h"

namespace kapi {
namespace {

std::string signature_of(const Kfunc& kfunc) {
  std::vector<std::string> params;
  for (const Param& param : kfunc.params) {
    params.push_back(
        join({param.type_name, param.name}, param.type_name.ends_with('*') ? "" : " "));
  }
  return fmt::format("{} ({})", kfunc.return_ ? kfunc.return_->type_name : "void",
                     params.empty() ? "void" : join(params, ", "));
}

}  // namespace

void match_kfuncs(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                  const Where& where, std::vector<Change>& out) {
  const FactScope facts = table_scope(scope, "kfuncs");
  if (!facts.compared || old_corpus.kfuncs == new_corpus.kfuncs) {
    return;
  }
  std::map<std::string, std::pair<const Kfunc*, const Kfunc*>> both;
  for (const Kfunc& kfunc : old_corpus.kfuncs) {
    both[kfunc.name].first = &kfunc;
  }
  for (const Kfunc& kfunc : new_corpus.kfuncs) {
    both[kfunc.name].second = &kfunc;
  }
  for (const auto& [name, sides] : both) {
    const auto& [before, after] = sides;
    const Where entry = table_entry(where, "kfunc/" + name);
    if (before != nullptr && after != nullptr) {
      if (signature_of(*before) != signature_of(*after)) {
        add_change(entry, Element::kfunc, Action::changed, name, "signature", signature_of(*before),
                   signature_of(*after), out);
      }
      if (before->flags != after->flags) {
        add_change(entry, Element::kfunc, Action::changed, name, "flags", to_text(before->flags),
                   to_text(after->flags), out);
      }
    } else if (before != nullptr && !facts.new_partial) {
      add_change(entry, Element::kfunc, Action::removed, name, "", signature_of(*before), "", out);
    } else if (after != nullptr && !facts.old_partial) {
      add_change(entry, Element::kfunc, Action::added, name, "", "", signature_of(*after), out);
    }
  }
}

}  // namespace kapi
