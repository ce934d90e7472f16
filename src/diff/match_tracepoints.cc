// SPDX-License-Identifier: GPL-2.0-only
// Tracepoints and the fields of their records. One field that comes or goes moves all behind it:
// that is one change of the record. What changes one class of events changes all its events; fold()
// puts these together by what is the same in their subjects.
#include <fmt/format.h>

#include <algorithm>

#include "diff/match_lists.h"
#include "diff/match_tables.h"

namespace kapi {
namespace {

std::string summary_of(const Tracepoint& tracepoint) {
  return tracepoint.system.empty()
             ? "no event"
             : fmt::format("event of {}, {} field{}", tracepoint.system, tracepoint.fields.size(),
                           tracepoint.fields.size() == 1 ? "" : "s");
}

std::string field_text(const Field& field) {
  return fmt::format("{} ({} bytes)", field.type_name, field.size.value_or(0));
}

std::vector<std::vector<std::string>> keys(const std::vector<Tracepoint>& tracepoints) {
  std::vector<std::vector<std::string>> all;
  all.reserve(tracepoints.size());
  for (const Tracepoint& tracepoint : tracepoints) {
    all.push_back({tracepoint.name + '\x1f' + tracepoint.system, tracepoint.name});
  }
  return all;
}

// "sched:sched_switch", as perf and bpftrace call it.
std::string full_name(const Tracepoint& before, const Tracepoint& after) {
  const std::string& system = before.system.empty()  ? after.system
                              : after.system.empty() ? before.system
                                                     : std::min(before.system, after.system);
  return join({system, before.name}, ":");
}

class RecordMatcher {
 public:
  RecordMatcher(const Tracepoint& before, const Tracepoint& after, const Where& where,
                std::vector<Change>& out)
      : old_(before), new_(after), where_(where), out_(out) {}

  void run() {
    const Pairing pairing = pair_elements(old_.fields, new_.fields);
    std::vector<std::string> before;
    std::vector<std::string> after;
    for (const auto& [old_index, new_index] : pairing.pairs) {
      const Field& old_field = old_.fields[old_index];
      const Field& new_field = new_.fields[new_index];
      compare(old_field, new_field);
      if (old_field.offset != new_field.offset) {
        before.push_back(fmt::format("{} {}", old_field.name, old_field.offset));
        after.push_back(fmt::format("{} {}", new_field.name, new_field.offset));
      }
    }
    if (!before.empty()) {
      std::sort(before.begin(), before.end());  // the same from either side
      std::sort(after.begin(), after.end());
      Change& change = add(Action::reordered, "fields", "", "", "");
      std::tie(change.before, change.after) = excerpts(join(before, ", "), join(after, ", "));
    }
    for (const size_t index : pairing.removed) {
      const Field& field = old_.fields[index];
      add(Action::removed, field.name, "", field_text(field), "");
    }
    for (const size_t index : pairing.added) {
      const Field& field = new_.fields[index];
      add(Action::added, field.name, "", "", field_text(field));
    }
  }

 private:
  void compare(const Field& before, const Field& after) {
    if (before.size != after.size) {
      add(Action::changed, before.name, "size", field_text(before), field_text(after));
    } else if (before.type != after.type || before.type_name != after.type_name) {
      const bool sign = before.type != after.type;
      add(Action::changed, before.name, sign ? "type" : "type_name",
          sign ? field_text(before) + ", " + before.type : field_text(before),
          sign ? field_text(after) + ", " + after.type : field_text(after));
    }
  }

  Change& add(Action action, const std::string& name, std::string_view member, std::string before,
              std::string after) {
    Where where = where_;
    where.subject +=
        name == "fields" && action == Action::reordered ? "/fields" : "/fields/" + name;
    Change& change = add_change(where, Element::tracepoint_field, action, name, member,
                                std::move(before), std::move(after), out_);
    change.effect_of = {where_.root};  // all that one record saw is one thing
    return change;
  }

  const Tracepoint& old_;
  const Tracepoint& new_;
  const Where& where_;
  std::vector<Change>& out_;
};

}  // namespace

void match_tracepoints(const Corpus& old_corpus, const Corpus& new_corpus, const Scope& scope,
                       const Where& where, std::vector<Change>& out) {
  const FactScope facts = table_scope(scope, "tracepoints");
  if (!facts.compared || old_corpus.tracepoints == new_corpus.tracepoints) {
    return;
  }
  const Pairing pairing = pair_by_keys(keys(old_corpus.tracepoints), keys(new_corpus.tracepoints));
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const Tracepoint& before = old_corpus.tracepoints[old_index];
    const Tracepoint& after = new_corpus.tracepoints[new_index];
    const Where entry = table_entry(where, "tracepoint/" + full_name(before, after));
    if (before.system != after.system) {
      add_change(entry, Element::tracepoint, Action::changed, before.name, "system",
                 summary_of(before), summary_of(after), out);
    }
    if (!before.system.empty() && !after.system.empty() && before.fields != after.fields) {
      RecordMatcher(before, after, entry, out).run();
    }
  }
  const auto one_side = [&](const Tracepoint& tracepoint, bool added) {
    if (!(added ? facts.old_partial : facts.new_partial)) {
      add_change(table_entry(where, "tracepoint/" + full_name(tracepoint, tracepoint)),
                 Element::tracepoint, added ? Action::added : Action::removed, tracepoint.name, "",
                 added ? "" : summary_of(tracepoint), added ? summary_of(tracepoint) : "", out);
    }
  };
  for (const size_t index : pairing.removed) {
    one_side(old_corpus.tracepoints[index], false);
  }
  for (const size_t index : pairing.added) {
    one_side(new_corpus.tracepoints[index], true);
  }
}

}  // namespace kapi
