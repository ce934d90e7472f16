// SPDX-License-Identifier: GPL-2.0-only
// One changed thing, one finding. Findings that have a key in common are about one thing: the same
// change said in many places (one struct in forty APIs), or what a rule's `thing` names. The most
// severe of them speaks for all; among those, the reason before its effects.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "diff/rule.h"
#include "diff/subject.h"
#include "kapi/diff.h"

namespace kapi {
namespace {

constexpr std::string_view kSyscall = "syscall/";
constexpr std::string_view kParams = "params/";

// A subject, taken apart: "syscall/x86_64/openat/params/dfd", "sys_open/structs/how/fields/mode".
struct Subject {
  std::string_view root;
  std::string_view abi;   // of an entry in a syscall table
  std::string_view name;  // of the function: "openat" of "sys_openat" and of any table's entry
  std::string_view tail;  // below the root
};

Subject subject_of(std::string_view text) {
  Subject subject;
  subject.root = root_of(text);
  subject.tail = text.substr(std::min(text.size(), subject.root.size() + 1));
  subject.name = subject.root;
  if (text.starts_with(kSyscall)) {
    const size_t slash = subject.root.rfind('/');
    subject.abi = text.substr(kSyscall.size(), std::max(slash, kSyscall.size()) - kSyscall.size());
    subject.name.remove_prefix(slash + 1);
  }
  const bool spec = subject.abi.empty() && subject.name.starts_with("sys_");
  subject.name.remove_prefix(spec ? 4 : 0);
  return subject;
}

// "open_how" of "struct/open_how/fields/resolve".
std::string_view name_of_type(std::string_view subject) {
  const std::string_view root = root_of(subject);
  return root.substr(root.find('/') + 1);
}

// "how" of "structs/how/fields/mode".
std::string_view second_part(std::string_view tail) {
  const size_t begin = std::min(tail.size(), tail.find('/') + 1);
  return tail.substr(begin, tail.find('/', begin) - begin);
}

// How a finding stands: those that do not stand alike are never told as one.
std::string standing(const Finding& finding) {
  return fmt::format("{}\x1f{}\x1f{}\x1f", finding.known ? "known" : "", finding.cause,
                     finding.waiver ? finding.waiver->place : "");
}

class Folder {
 public:
  explicit Folder(Report& report) : report_(report), parent_(report.findings.size()) {
    std::iota(parent_.begin(), parent_.end(), 0);
    for (const Rule* rule : rule_table()) {
      rules_.emplace(rule->info.id, rule);
    }
  }

  void run() {
    for (const Finding& finding : report_.findings) {
      if (thing_of(finding) == Thing::arguments && !subject_of(finding.subject).abi.empty()) {
        signatures_.insert(standing(finding) + std::string(subject_of(finding.subject).name));
      }
      if (thing_of(finding) == Thing::layout && is_type(finding.subject)) {
        layouts_.insert(standing(finding) + std::string(name_of_type(finding.subject)));
      }
    }
    for (size_t i = 0; i < parent_.size(); i++) {
      for (const std::string& key : keys_of(report_.findings[i])) {
        const auto [first, is_new] = first_with_.emplace(key, i);
        if (!is_new) {
          parent_[root_of(i)] = root_of(first->second);
        }
      }
    }
    put_together();
  }

 private:
  const Rule* rule_of(const Finding& finding) const {
    const auto found = rules_.find(finding.rule);
    return found == rules_.end() ? nullptr : found->second;
  }
  Thing thing_of(const Finding& finding) const {
    const Rule* rule = rule_of(finding);
    return rule == nullptr ? Thing::none : rule->thing;
  }

  std::vector<std::string> keys_of(const Finding& finding) const {
    const Subject subject = subject_of(finding.subject);
    const std::string state = standing(finding);
    std::vector<std::string> keys;
    const auto add = [&](auto&&... parts) {
      keys.push_back(state);
      ((keys.back() += '\x1f', keys.back() += parts), ...);
    };
    // One struct in many APIs; but two layouts are two, whatever came to both.
    const bool own = is_type(finding.subject) || is_enumerator(finding.subject);
    if (!subject.tail.empty() && !own) {
      add("same", finding.rule, subject.tail, finding.before, finding.after, finding.witness);
    }
    const bool one_sided = finding.before.empty() || finding.after.empty();
    switch (thing_of(finding)) {
      case Thing::none:
        break;
      case Thing::function:
        add(finding.before.empty() ? "new function" : "old function", subject.name);
        break;
      case Thing::arguments:
        if (signatures_.count(state + std::string(subject.name)) != 0) {
          add("arguments", subject.name);
        }
        break;
      case Thing::parameter:
        add("parameter", finding.subject);
        break;
      case Thing::layout: {
        const bool type = is_type(finding.subject);
        const std::string_view name =
            type ? name_of_type(finding.subject) : second_part(subject.tail);
        add("layout", type ? "" : subject.root, name);
        if (!type && layouts_.count(state + std::string(name)) != 0) {
          add("layout", "", name);  // a spec describes what the image has
        }
        break;
      }
      case Thing::enumeration:
        add("enumeration", subject.root);
        break;
      case Thing::length:
        if (one_sided && signatures_.count(state + std::string(subject.name)) != 0) {
          add("arguments", subject.name);
        }
        for (const std::string& name : linked(finding, subject)) {
          add("length", subject.root, name);
        }
        break;
    }
    for (const std::string& cause : finding.effect_of) {
      const Subject by = subject_of(cause);
      if (is_type(cause)) {
        add("layout", "", name_of_type(cause));
      } else if (by.abi.empty()) {
        add("together", cause);
      } else if (signatures_.count(state + std::string(by.name)) != 0) {
        add("arguments", by.name);
      } else {
        add(finding.before.empty() ? "new function" : "old function", by.name);
      }
    }
    return keys;
  }

  // The parameters that hold a length, by the finding's words: "size_param: len" of a link, and the
  // parameter itself where that came, went or got another name.
  static std::vector<std::string> linked(const Finding& finding, const Subject& subject) {
    constexpr std::string_view kLink = "size_param: ";
    std::vector<std::string> names;
    for (const std::string& text : {finding.before, finding.after}) {
      if (text.starts_with(kLink)) {
        names.push_back(text.substr(kLink.size()));
      } else if (subject.tail == "params" && !text.empty()) {
        names.push_back(text);
      }
    }
    if (names.empty() && subject.tail.starts_with(kParams)) {
      names.emplace_back(subject.tail.substr(kParams.size()));
    }
    return names;
  }

  size_t root_of(size_t index) {
    while (parent_[index] != index) {
      index = parent_[index] = parent_[parent_[index]];
    }
    return index;
  }

  // Who speaks: the most severe, a reason before an effect, the machine's own table before those of
  // other ABIs, and a table before a spec.
  bool speaks_before(size_t a, size_t b) const {
    const auto rank = [&](size_t index) {
      const Finding& finding = report_.findings[index];
      const Rule* rule = rule_of(finding);
      const std::string_view abi = subject_of(finding.subject).abi;
      const int away = abi.empty() ? 2 : abi == report_.old_source.architecture ? 0 : 1;
      const bool effect = !finding.effect_of.empty() || (rule != nullptr && rule->effect);
      return std::tuple(-static_cast<int>(finding.severity), effect, away, index);
    };
    return rank(a) < rank(b);
  }

  void put_together() {
    std::vector<size_t> speaker(parent_.size());
    std::iota(speaker.begin(), speaker.end(), 0);
    for (size_t i = 0; i < parent_.size(); i++) {
      size_t& best = speaker[root_of(i)];
      best = speaks_before(i, best) ? i : best;
    }
    for (size_t i = 0; i < parent_.size(); i++) {
      const size_t head = speaker[root_of(i)];
      if (head != i) {
        const Finding& from = report_.findings[i];
        report_.findings[head].consequences.push_back(
            {from.rule, from.severity, from.subject, from.before, from.after, from.witness,
             from.evidence, from.fingerprint, from.message});
      }
    }
    std::vector<Finding> findings;
    for (size_t i = 0; i < parent_.size(); i++) {
      if (speaker[root_of(i)] == i) {
        findings.push_back(std::move(report_.findings[i]));
      }
    }
    report_.findings = std::move(findings);
  }

  Report& report_;
  std::vector<size_t> parent_;  // a union-find forest over the findings
  std::map<std::string_view, const Rule*> rules_;
  std::set<std::string> signatures_;  // syscalls whose arguments changed in a table
  std::set<std::string> layouts_;     // types whose layout changed
  std::unordered_map<std::string, size_t> first_with_;
};

}  // namespace

void fold(Report& report) { Folder(report).run(); }

}  // namespace kapi
