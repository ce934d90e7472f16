// SPDX-License-Identifier: GPL-2.0-only
#include "diff/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "diff/constants.h"
#include "diff/layout.h"
#include "diff/match_accepts.h"
#include "diff/subject.h"

namespace kapi {
namespace {

constexpr std::string_view kSpecs = "specs";
constexpr std::string_view kTables = "syscalls";
constexpr std::string_view kSyscalls = "syscalls/";
constexpr std::string_view kSignatures = "signatures/";
constexpr std::string_view kCode = "code";
constexpr std::string_view kTypes = "types";
constexpr std::string_view kEnumerators = "enumerators";
constexpr std::string_view kConstants = "constants";
constexpr std::string_view kSysctls = "sysctls";
constexpr std::string_view kCgroupFiles = "cgroup_files";
constexpr std::string_view kTracepoints = "tracepoints";
constexpr std::string_view kKfuncs = "kfuncs";
constexpr std::string_view kModules = "modules";
constexpr std::string_view kConfig = "config";  // no part of the contract: see preflight.h

enum class State { complete, partial, absent, unlisted, unread, not_asked, unstated };

// A state that this version does not know proves nothing, like one that is not stated.
State state_of(const Coverage* coverage) {
  constexpr std::pair<std::string_view, State> kStates[] = {
      {"complete", State::complete}, {"partial", State::partial}, {"absent", State::absent},
      {"unlisted", State::unlisted}, {"unread", State::unread},   {"not_asked", State::not_asked}};
  for (const auto& [text, state] : kStates) {
    if (coverage != nullptr && coverage->state == text) {
      return state;
    }
  }
  return State::unstated;
}

bool readable(State state) { return state == State::complete || state == State::partial; }
bool exists(State state) { return readable(state) || state == State::unlisted; }

// Whether the input is a kernel, and no other image, so that an ABI that it lacks is one it has
// not.
bool has_syscalls(const Corpus& corpus) {
  return std::any_of(corpus.coverage.begin(), corpus.coverage.end(), [](const Coverage& row) {
    return row.fact.starts_with(kSyscalls) && exists(state_of(&row));
  });
}

// Why one side has nothing of a fact to compare; empty if it has.
std::string obstacle(const Coverage* coverage) {
  const auto because = [&](const std::string& text) {
    const bool silent = coverage == nullptr || coverage->detail.empty();
    return silent ? text : text + " (" + coverage->detail + ")";
  };
  switch (state_of(coverage)) {
    case State::complete:
    case State::partial:
      return {};
    case State::absent:
      return because("none");
    case State::unlisted:
      return because("not listed");
    case State::unread:
      return because("could not be read");
    case State::not_asked:
      return because("not asked for");
    case State::unstated:
      return coverage == nullptr ? "says nothing of it" : because("not stated");
  }
  return {};
}

bool is_static_table(std::string_view fact) {
  return fact == kSysctls || fact == kCgroupFiles || fact == kTracepoints || fact == kKfuncs;
}

std::string_view what(std::string_view fact) {
  return fact == kSpecs                  ? "APIs"
         : fact.starts_with(kSyscalls)   ? "syscalls"
         : fact.starts_with(kSignatures) ? "signatures"
         : fact == kTypes                ? "types"
         : fact == kEnumerators          ? "enumerators"
         : fact == kConstants            ? "constants"
         : fact == kCgroupFiles          ? "files"
         : is_static_table(fact)         ? fact
                                         : "facts";
}

std::string obstacles(const Coverage* old_coverage, const Coverage* new_coverage) {
  const std::string before = obstacle(old_coverage);
  const std::string after = obstacle(new_coverage);
  if (before == after) {
    return before.empty() ? before : "both: " + before;
  }
  return before.empty()  ? "new: " + after
         : after.empty() ? "old: " + before
                         : fmt::format("old: {}; new: {}", before, after);
}

class Scoper {
 public:
  Scoper(const Corpus& old_corpus, const Corpus& new_corpus) : old_(old_corpus), new_(new_corpus) {
    collect_unreadable(old_, "old");
    collect_unreadable(new_, "new");
  }

  Scope run() {
    std::set<std::string> facts;
    for (const Corpus* corpus : {&old_, &new_}) {
      for (const auto& coverage : corpus->coverage) {
        facts.insert(coverage.fact);
      }
    }
    facts.erase(std::string(kConfig));
    const Coverage* old_whole = no_tables(old_);
    const Coverage* new_whole = no_tables(new_);
    for (const auto& fact : facts) {
      const bool of_a_table = fact.starts_with(kSyscalls) || fact.starts_with(kSignatures);
      if (fact == kTables && (old_whole == nullptr) != (new_whole == nullptr)) {
        add_whole(old_whole, new_whole);
      } else if (!of_a_table || (old_whole == nullptr && new_whole == nullptr)) {
        add(fact);
      }
    }
    drop_signatures_of(scope_.abis_removed);
    drop_signatures_of(scope_.abis_added);
    return std::move(scope_);
  }

 private:
  // An error about an API, or about something in it, leaves the API unread as a whole: which of its
  // lists are cut cannot be told from here.
  void collect_unreadable(const Corpus& corpus, const std::string& side) {
    for (const auto& diagnostic : corpus.diagnostics) {
      if (diagnostic.level != Level::error || diagnostic.subject.empty()) {
        continue;
      }
      const std::string root(root_of(diagnostic.subject));
      if (scope_.unreadable.insert(root).second) {
        reasons_[root] = fmt::format("{}: {}", side, diagnostic.code);
      }
    }
  }

  // The row by which an input says that it has no syscall table at all; null if it says otherwise.
  static const Coverage* no_tables(const Corpus& corpus) {
    const bool any = std::any_of(corpus.coverage.begin(), corpus.coverage.end(),
                                 [](const Coverage& c) { return c.fact.starts_with(kSyscalls); });
    const Coverage* whole = find_coverage(corpus, kTables);
    return any || readable(state_of(whole)) ? nullptr : whole;
  }

  // One side has no table at all: that is said once, and not for each table of the other side.
  void add_whole(const Coverage* old_whole, const Coverage* new_whole) {
    const Corpus& other = old_whole == nullptr ? old_ : new_;
    const Coverage* whole = old_whole == nullptr ? new_whole : old_whole;
    Coverage rest;  // what stands for the tables of the other side
    Compared row;
    row.fact = kTables;
    row.failed = state_of(whole) == State::unread;
    for (const Coverage& table : other.coverage) {
      if (!table.fact.starts_with(kSyscalls)) {
        continue;
      }
      const State state = state_of(&table);
      row.failed = row.failed || state == State::partial || state == State::unread;
      if (rest.state.empty() || readable(state) || state == State::unread) {
        rest.state = table.state;
        rest.detail = state == State::unread ? table.detail : "";
      }
    }
    const Coverage* tables = rest.state.empty() ? nullptr : &rest;
    row.detail = old_whole == nullptr ? obstacles(tables, whole) : obstacles(whole, tables);
    scope_.coverage.push_back(std::move(row));
  }

  void add(const std::string& fact) {
    const Coverage* old_coverage = find_coverage(old_, fact);
    const Coverage* new_coverage = find_coverage(new_, fact);
    const State old_state = state_of(old_coverage);
    const State new_state = state_of(new_coverage);
    Compared row;
    row.fact = fact;
    FactScope scope;
    scope.compared = readable(old_state) && readable(new_state);
    scope.old_partial = old_state == State::partial;
    scope.new_partial = new_state == State::partial;
    row.compared = scope.compared;
    row.failed = scope.old_partial || scope.new_partial || old_state == State::unread ||
                 new_state == State::unread;
    row.detail = obstacles(old_coverage, new_coverage);
    if (scope.compared) {
      const std::string counts =
          fmt::format("{} and {} {}", count(old_, fact), count(new_, fact), what(fact));
      row.detail = counts + partial_note("old", *old_coverage) + partial_note("new", *new_coverage);
      if (fact == kTypes || fact == kConstants) {
        row.detail += limits(*old_coverage, *new_coverage);
      }
    }
    if (fact == kSpecs) {
      specs(scope, old_state, new_state, row);
    } else if (fact.starts_with(kSyscalls)) {
      whole_abi(fact.substr(kSyscalls.size()), old_state, new_state, row);
      collect_unread("syscall/" + fact.substr(kSyscalls.size()) + "/", row);
      finish_unread(row);
      scope_.syscalls[fact.substr(kSyscalls.size())] = scope;
    } else if (fact.starts_with(kSignatures)) {
      scope_.signatures[fact.substr(kSignatures.size())] = scope;
      signatures(fact.substr(kSignatures.size()), row);
    } else if (fact == kCode) {
      scope_.code = scope;
      if (scope.compared) {
        row.detail = fmt::format(
            "what {} arguments and fields accept, as proved of both; {} are proved of the old "
            "kernel, {} of the new",
            compared_accepts(old_, new_), old_coverage->read, new_coverage->read);
      }
    } else if (fact == kTypes) {
      scope_.types = scope;
      for (const std::string_view kind : {"struct/", "typedef/", "union/"}) {
        collect_unread(kind, row);
      }
      finish_unread(row);
    } else if (fact == kEnumerators) {
      scope_.enumerators = scope;
    } else if (fact == kConstants) {
      scope_.constants = scope;
    } else if (is_static_table(fact)) {
      scope_.tables[fact] = scope;
    } else if (fact == kModules) {
      if (scope.compared) {
        row.detail = fmt::format("{} and {} modules", old_coverage->read, new_coverage->read) +
                     partial_note("old", *old_coverage) + partial_note("new", *new_coverage);
      }
    } else if (scope.compared) {
      row.compared = false;
      row.detail = "this version does not compare it";
    }
    scope_.coverage.push_back(std::move(row));
  }

  void specs(const FactScope& scope, State old_state, State new_state, Compared& row) {
    const auto none = [](State state, const Corpus& corpus) {
      return state == State::absent || (state == State::complete && corpus.apis.empty());
    };
    const bool old_none = none(old_state, old_);
    const bool new_none = none(new_state, new_);
    scope_.specs = scope;
    // A kernel whose modules were not read may have the APIs that those of the other declare.
    const bool old_modules = readable(state_of(find_coverage(old_, kModules)));
    const bool new_modules = readable(state_of(find_coverage(new_, kModules)));
    scope_.specs.old_partial = scope.old_partial || (new_modules && !old_modules);
    scope_.specs.new_partial = scope.new_partial || (old_modules && !new_modules);
    scope_.specs_lost =
        readable(old_state) && !old_.apis.empty() && new_none && !scope_.specs.new_partial;
    scope_.specs_gained =
        old_none && readable(new_state) && !new_.apis.empty() && !scope_.specs.old_partial;
    if (scope_.specs_lost || scope_.specs_gained) {
      row.compared = true;
    } else if (old_none && new_none) {
      row.compared = false;
      row.detail = "neither has API specs";
    }
    for (const Corpus* corpus : {&old_, &new_}) {
      for (const Api& api : corpus->apis) {
        note_unread(api.name, row);
      }
    }
    finish_unread(row);
  }

  void whole_abi(const std::string& abi, State old_state, State new_state, Compared& row) {
    const bool removed = exists(old_state) && new_state == State::absent && has_syscalls(new_);
    const bool added = old_state == State::absent && exists(new_state) && has_syscalls(old_);
    if (removed || added) {
      (removed ? scope_.abis_removed : scope_.abis_added).insert(abi);
      row.compared = true;
      row.failed = false;
      row.detail = fmt::format("the {} kernel has no such ABI", removed ? "new" : "old");
    }
  }

  // Of an ABI that one side has not, all is said.
  void drop_signatures_of(const std::set<std::string>& abis) {
    const auto of_those = [&](const Compared& row) {
      return row.fact.starts_with(kSignatures) &&
             abis.count(row.fact.substr(kSignatures.size())) != 0;
    };
    scope_.coverage.erase(std::remove_if(scope_.coverage.begin(), scope_.coverage.end(), of_those),
                          scope_.coverage.end());
  }

  void collect_unread(std::string_view prefix, const Compared& row) {
    for (const auto& subject : scope_.unreadable) {
      if (subject.starts_with(prefix)) {
        note_unread(subject, row);
      }
    }
  }

  void note_unread(const std::string& subject, const Compared& row) {
    if (row.compared && scope_.unreadable.count(subject) != 0) {
      unread_.insert(fmt::format("{} ({})", subject, reasons_[subject]));
    }
  }

  void finish_unread(Compared& row) {
    if (!unread_.empty()) {
      row.failed = true;
      row.detail += fmt::format("; not compared, read in part only: {}", fmt::join(unread_, ", "));
    }
    unread_.clear();
  }

  // A signature is compared where both sides have it.
  void signatures(const std::string& abi, Compared& row) {
    if (!row.compared) {
      return;
    }
    std::map<std::string, int> sides;
    int side = 1;
    for (const Corpus* corpus : {&old_, &new_}) {
      for (const auto& syscall : corpus->syscalls) {
        if (syscall.abi == abi && syscall.has_signature()) {
          sides[syscall.name] |= side;
        }
      }
      side = 2;
    }
    size_t both = 0;
    for (const auto& [name, seen] : sides) {
      both += seen == 3 ? 1 : 0;
    }
    row.detail += fmt::format(", {} on both sides", both);
  }

  static std::string partial_note(std::string_view side, const Coverage& coverage) {
    if (state_of(&coverage) != State::partial) {
      return {};
    }
    return fmt::format(
        "; {} was read in part ({} of {}), so what is missing there is not called removed or added",
        side, coverage.read, coverage.total);
  }

  // What each side says that it does not hold of a fact, after where it is from.
  static std::string limits(const Coverage& old_coverage, const Coverage& new_coverage) {
    const auto limit = [](const Coverage& coverage) {
      const size_t end = std::min(coverage.detail.find("; "), coverage.detail.size());
      return coverage.detail.substr(end);
    };
    std::string before = limit(old_coverage);
    const std::string after = limit(new_coverage);
    if (before == after) {
      return before;
    }
    return (before.empty() ? "" : "; old: " + before.substr(2)) +
           (after.empty() ? "" : "; new: " + after.substr(2));
  }

  static size_t count(const Corpus& corpus, std::string_view fact) {
    if (fact == kSpecs) {
      return corpus.apis.size();
    }
    if (fact == kTypes) {
      return static_cast<size_t>(
          std::count_if(corpus.types.begin(), corpus.types.end(), has_layout));
    }
    if (fact == kEnumerators || fact == kConstants) {
      return static_cast<size_t>(std::count_if(
          corpus.constants.begin(), corpus.constants.end(),
          [&](const Constant& constant) { return is_macro(constant) == (fact == kConstants); }));
    }
    if (is_static_table(fact)) {
      return fact == kSysctls       ? corpus.sysctls.size()
             : fact == kCgroupFiles ? corpus.cgroup_files.size()
             : fact == kTracepoints ? corpus.tracepoints.size()
                                    : corpus.kfuncs.size();
    }
    const bool signatures = fact.starts_with(kSignatures);
    const std::string_view abi = fact.substr(std::min(fact.size(), fact.find('/') + 1));
    return static_cast<size_t>(
        std::count_if(corpus.syscalls.begin(), corpus.syscalls.end(), [&](const Syscall& syscall) {
          return syscall.abi == abi && (!signatures || syscall.has_signature());
        }));
  }

  const Corpus& old_;
  const Corpus& new_;
  Scope scope_;
  std::map<std::string, std::string> reasons_;  // by unreadable subject
  std::set<std::string> unread_;                // of the fact at hand
};

}  // namespace

bool Scope::comparable() const {
  return specs_lost || specs_gained ||
         std::any_of(coverage.begin(), coverage.end(),
                     [](const Compared& row) { return row.compared; });
}

Scope scope_of(const Corpus& old_corpus, const Corpus& new_corpus) {
  return Scoper(old_corpus, new_corpus).run();
}

}  // namespace kapi
