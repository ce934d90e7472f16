// SPDX-License-Identifier: GPL-2.0-only
// What of an API needs more than its members side by side: contexts are a set, parameters have an
// order and refer to each other, and the order of state transitions is meaning.
#include "diff/match_api.h"

#include <fmt/format.h>

#include "diff/match_lists.h"
#include "diff/match_struct.h"

namespace kapi {
namespace {

void match_contexts(const Api& old_api, const Api& new_api, const Where& where,
                    std::vector<Change>& out) {
  const auto lacks = [](const Api& api, const std::string& context) {
    return std::find(api.contexts.begin(), api.contexts.end(), context) == api.contexts.end();
  };
  const auto one_side = [&](const Api& has, const Api& other, Action action) {
    for (const auto& context : has.contexts) {
      if (lacks(other, context)) {
        Change change = change_at(where, Element::context, action, context);
        change.subject += "/contexts/" + context;
        (action == Action::added ? change.after : change.before) = context;
        out.push_back(std::move(change));
      }
    }
  };
  one_side(old_api, new_api, Action::removed);
  one_side(new_api, old_api, Action::added);
}

// Parameters that only one side knows are one parameter renamed if they stand in the same place
// with the same type.
void pair_renamed_params(const Api& old_api, const Api& new_api, Pairing& pairing) {
  std::vector<std::pair<size_t, size_t>> renamed;
  for (const size_t index : pairing.removed) {  // sorted, as `added` is
    const bool free = std::binary_search(pairing.added.begin(), pairing.added.end(), index);
    if (free && same_spelling(c_type(old_api.params[index], 0), c_type(new_api.params[index], 0))) {
      renamed.emplace_back(index, index);
    }
  }
  pairing.add_pairs(renamed);
}

// The parameter that holds the count of another. An index that no parameter has is shown as such.
std::string link_text(const Api& api, const std::optional<int64_t>& index) {
  if (!index) {
    return {};
  }
  const auto at = static_cast<uint64_t>(*index);
  return at < api.params.size() ? element_name(api.params[at]) : fmt::format("#{}", *index);
}

// What counts is which parameter it is, not its index, which moves with every insertion.
void match_links(const Api& old_api, const Api& new_api, const Pairing& pairing,
                 const Param& before, const Param& after, const Where& where,
                 const std::string& name, std::vector<Change>& out) {
  if (!before.size_param && !after.size_param) {
    return;
  }
  if (before.size_param && after.size_param) {
    const auto old_index = static_cast<uint64_t>(*before.size_param);
    const auto new_index = static_cast<uint64_t>(*after.size_param);
    const bool outside = old_index >= old_api.params.size() && new_index >= new_api.params.size();
    const bool partners = std::binary_search(pairing.pairs.begin(), pairing.pairs.end(),
                                             std::pair<size_t, size_t>(old_index, new_index));
    if (partners || (outside && old_index == new_index)) {
      return;
    }
  }
  std::string old_text = link_text(old_api, before.size_param);
  std::string new_text = link_text(new_api, after.size_param);
  if (old_text == new_text) {  // two parameters of one name
    old_text += fmt::format(" #{}", *before.size_param);
    new_text += fmt::format(" #{}", *after.size_param);
  }
  out.push_back(member_change(where, Element::param, name, "size_param", old_text, new_text));
}

void match_params(const Api& old_api, const Api& new_api, const Where& where,
                  std::vector<Change>& out) {
  Pairing pairing = pair_elements(old_api.params, new_api.params);
  pair_renamed_params(old_api, new_api, pairing);
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const Param& before = old_api.params[old_index];
    const Param& after = new_api.params[new_index];
    compare_renamable(before, after, "params", where, out);
    const std::string name = common_name(before, after);
    match_links(old_api, new_api, pairing, before, after,
                inside(where, "params", name, &before, &after), name, out);
  }
  for (const size_t index : pairing.removed) {
    one_sided(where, "params", old_api.params[index], Action::removed, out);
  }
  for (const size_t index : pairing.added) {
    one_sided(where, "params", new_api.params[index], Action::added, out);
  }
  match_order(old_api.params, new_api.params, "params", pairing, where, out);
}

}  // namespace

void match_api(const Api& old_api, const Api& new_api, const Where& where,
               std::vector<Change>& out) {
  compare_element(old_api, new_api, where, element_name(old_api), out);
  match_contexts(old_api, new_api, where, out);
  match_params(old_api, new_api, where, out);

  const Pairing structs = pair_elements(old_api.structs, new_api.structs);
  for (const auto& [old_index, new_index] : structs.pairs) {
    const Struct& before = old_api.structs[old_index];
    const Struct& after = new_api.structs[new_index];
    match_struct(before, after,
                 inside(where, "structs", common_name(before, after), &before, &after), out);
  }
  for (const size_t index : structs.removed) {
    one_sided(where, "structs", old_api.structs[index], Action::removed, out);
  }
  for (const size_t index : structs.added) {
    one_sided(where, "structs", new_api.structs[index], Action::added, out);
  }

  compare_list(old_api.state_transitions, new_api.state_transitions, "state_transitions", where,
               out);
  match_order(old_api.state_transitions, new_api.state_transitions, "state_transitions",
              pair_elements(old_api.state_transitions, new_api.state_transitions), where, out);
}

}  // namespace kapi
