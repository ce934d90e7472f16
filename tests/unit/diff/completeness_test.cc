// SPDX-License-Identifier: GPL-2.0-only
// Nothing goes unsaid: every member of every element that the model lists is changed by itself, and
// each change must be told by the rule that is meant for it, be told as its twin when the sides are
// swapped, and be silent against itself. The walk follows the model's own lists, so a member that
// the model gains is part of this test and fails until the table below says who speaks of it.
#include <doctest/doctest.h>

#include <map>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

// One walk over a corpus that performs the mutation number `target` and records where.
class Mutator {
 public:
  explicit Mutator(size_t target) : target_(target) {}

  void visit(Corpus& corpus) {
    list("apis", corpus.apis);
    list("syscalls", corpus.syscalls);
    list("types", corpus.types);
    list("constants", corpus.constants);
    list("sysctls", corpus.sysctls);
    list("cgroup_files", corpus.cgroup_files);
    list("tracepoints", corpus.tracepoints);
    list("kfuncs", corpus.kfuncs);
  }
  bool done() const { return !path_.empty(); }
  // "api/errors/code: other", without names and indices.
  const std::string& path() const { return path_; }

 private:
  bool hit(const std::string& path, const char* how) {
    if (next_++ != target_) {
      return false;
    }
    path_ = path + ": " + how;
    return true;
  }

  void leaf(const std::string& path, std::string& value) {
    if (hit(path, "other")) {
      value += "x";
    } else if (hit(path, "absent")) {
      value.clear();
    }
  }
  void leaf(const std::string& path, uint64_t& value) {
    value += hit(path, "other") ? 1 : 0;
    value -= value > 0 && hit(path, "less") ? 1 : 0;
  }
  void leaf(const std::string& path, int64_t& value) {
    value += hit(path, "other") ? 1 : 0;
    value -= hit(path, "less") ? 1 : 0;
  }
  void leaf(const std::string& path, bool& value) { value = hit(path, "other") ? !value : value; }
  void leaf(const std::string& path, Bits& value) {
    value.value |= hit(path, "other") ? 0x100 : 0;
    value.value &= hit(path, "less") ? 0x3 : ~0ULL;
  }
  void leaf(const std::string& path, std::vector<std::string>& values) {
    if (hit(path, "other")) {
      values.push_back("zz");
    } else if (!values.empty() && hit(path, "less")) {
      values.pop_back();
    }
  }
  void leaf(const std::string& path, std::vector<int64_t>& values) {
    if (hit(path, "other")) {
      values.push_back(99);
    } else if (!values.empty() && hit(path, "less")) {
      values.pop_back();
    }
  }
  // Told by the coverage: see the test of the common ground.
  void leaf(const std::string&, std::vector<Unresolved>&) {}
  // No spec has them: see the test of what code accepts.
  void leaf(const std::string&, std::optional<Accepts>&) {}
  void leaf(const std::string&, std::vector<AcceptedField>&) {}
  template <class T>
  void leaf(const std::string& path, std::optional<T>& value) {
    if (!value) {
      if (hit(path, "gained")) {
        value.emplace();
      }
      return;
    }
    if constexpr (requires { T::members(*value, [](auto&&...) {}); }) {
      members(path, *value);
    } else {
      leaf(path, *value);
    }
    if (hit(path, "lost")) {
      value.reset();
    }
  }
  template <class T>
  void leaf(const std::string& path, std::vector<T>& elements) {
    list(path, elements);
  }

  template <class T>
  void list(const std::string& path, std::vector<T>& elements) {
    if (hit(path, "removed")) {
      elements.erase(elements.begin());
      return;
    }
    if (hit(path, "added")) {
      T another = elements.front();
      if constexpr (std::is_same_v<T, ProtocolBehavior>) {
        another.behavior += " Another.";
      } else {
        first_name(another) += "_another";
      }
      elements.push_back(std::move(another));
      return;
    }
    if (elements.size() > 1 && hit(path, "reordered")) {
      std::swap(elements[0], elements[1]);
      return;
    }
    members(path, elements.front());
  }

  template <class T>
  static std::string& first_name(T& element) {
    std::string* found = nullptr;
    T::members(element, [&](std::string_view, auto& member) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, std::string>) {
        found = found == nullptr ? &member : found;
      }
    });
    return *found;
  }

  template <class T>
  void members(const std::string& path, T& element) {
    T::members(element, [&](std::string_view name, auto& member) {
      leaf(path + "/" + std::string(name), member);
    });
  }

  size_t target_;
  size_t next_ = 0;
  std::string path_;
};

// Who speaks of what. A path without "how" stands for all that are not listed with it.
const std::multimap<std::string, std::string>& expectations() {
  static const std::multimap<std::string, std::string> table = {
      {"apis: removed", "api-removed"},
      {"apis: added", "api-added"},
      {"apis: reordered", ""},
      {"apis/name", "api-removed"},
      {"apis/name", "api-added"},
      {"apis/kind", "spec-changed"},
      {"apis/version", "api-version-changed"},
      {"apis/description", "words-changed"},
      {"apis/long_description", "words-changed"},
      {"apis/contexts: other", "context-added"},
      {"apis/contexts: less", "context-removed"},
      {"apis/params: removed", "param-removed"},
      {"apis/params: removed", "param-size-link-changed"},
      {"apis/params: added", "param-added"},
      {"apis/params: reordered", "param-reordered"},
      {"apis/params: reordered", "param-size-link-changed"},
      // The text of the type still carries the old name: another parameter, for all that is known.
      {"apis/params/name", "param-removed"},
      {"apis/params/name", "param-added"},
      {"apis/params/type_name", "param-type-changed"},
      {"apis/params/type", "param-type-changed"},
      {"apis/params/flags", "param-flags-changed"},
      {"apis/params/constraint/type", "param-constraint-unproven"},
      {"apis/params/constraint/min", "param-constraint-rewritten"},
      {"apis/params/constraint/max", "param-constraint-rewritten"},
      {"apis/params/constraint/mask: other", "param-constraint-loosened"},
      {"apis/params/constraint/mask: less", "param-constraint-tightened"},
      {"apis/params/constraint/mask: lost", "param-constraint-tightened"},
      {"apis/params/constraint/values", "param-constraint-rewritten"},
      {"apis/params/constraint/alignment", "param-constraint-rewritten"},
      {"apis/params/constraint/size", "param-constraint-rewritten"},
      {"apis/params/constraint: lost", "param-constraint-loosened"},
      {"apis/params/size: other", "param-size-grown"},
      {"apis/params/size: less", "param-size-shrunk"},
      {"apis/params/size: lost", "spec-changed"},
      {"apis/params/alignment", "param-alignment-changed"},
      {"apis/params/size_param", "param-size-link-changed"},
      {"apis/params/size_multiplier", "param-size-link-changed"},
      {"apis/params/description", "words-changed"},
      {"apis/params/constraint_text", "words-changed"},
      {"apis/return: lost", "return-removed"},
      {"apis/return/type_name", "return-type-changed"},
      {"apis/return/type", "return-type-changed"},
      {"apis/return/check", "return-check-changed"},
      {"apis/return/success_value", "return-success-changed"},
      {"apis/return/success_min: other", "return-success-narrowed"},
      {"apis/return/success_min: less", "return-success-widened"},
      {"apis/return/success_min: lost", "return-success-widened"},
      {"apis/return/success_max: other", "return-success-widened"},
      {"apis/return/success_max: less", "return-success-narrowed"},
      {"apis/return/success_max: lost", "return-success-widened"},
      {"apis/return/error_values", "return-errors-changed"},
      {"apis/return/description", "words-changed"},
      {"apis/errors: removed", "error-removed"},
      {"apis/errors: added", "error-added"},
      {"apis/errors: reordered", ""},
      {"apis/errors/name", "error-removed"},
      {"apis/errors/name", "error-added"},
      {"apis/errors/code", "error-code-changed"},
      {"apis/errors/condition", "words-changed"},
      {"apis/errors/description", "words-changed"},
      {"apis/locks: removed", "lock-removed"},
      {"apis/locks: added", "lock-added"},
      {"apis/locks: reordered", ""},
      {"apis/locks/name", "lock-removed"},
      {"apis/locks/name", "lock-added"},
      {"apis/locks/type", "lock-changed"},
      {"apis/locks/scope", "lock-changed"},
      {"apis/locks/description", "words-changed"},
      {"apis/constraints: removed", "constraint-removed"},
      {"apis/constraints: added", "constraint-added"},
      {"apis/constraints: reordered", ""},
      {"apis/constraints/name", "constraint-removed"},
      {"apis/constraints/name", "constraint-added"},
      {"apis/constraints/expression", "constraint-changed"},
      {"apis/constraints/description", "words-changed"},
      {"apis/signals: removed", "signal-removed"},
      {"apis/signals: added", "signal-added"},
      {"apis/signals: reordered", ""},
      {"apis/signals/name", "signal-removed"},
      {"apis/signals/name", "signal-added"},
      {"apis/signals/number", "signal-changed"},
      {"apis/signals/direction", "signal-changed"},
      {"apis/signals/action", "signal-action-changed"},
      {"apis/signals/target", "signal-changed"},
      {"apis/signals/condition", "words-changed"},
      {"apis/signals/description", "words-changed"},
      {"apis/signals/timing", "signal-changed"},
      {"apis/signals/priority", "signal-changed"},
      {"apis/signals/restartable", "signal-restart-lost"},
      {"apis/signals/interruptible", "signal-changed"},
      {"apis/signals/error", "signal-changed"},
      {"apis/signals/transform_to", "signal-changed"},
      {"apis/signals/queue_behavior", "signal-changed"},
      {"apis/signals/sa_flags_required", "signal-changed"},
      {"apis/signals/sa_flags_forbidden", "signal-changed"},
      {"apis/signals/state_required", "signal-changed"},
      {"apis/signals/state_forbidden", "signal-changed"},
      {"apis/signal_masks: removed", "signal-mask-removed"},
      {"apis/signal_masks: added", "signal-mask-added"},
      {"apis/signal_masks: reordered", ""},
      {"apis/signal_masks/name", "signal-mask-removed"},
      {"apis/signal_masks/name", "signal-mask-added"},
      {"apis/signal_masks/signals", "signal-mask-changed"},
      {"apis/signal_masks/description", "words-changed"},
      {"apis/structs: removed", "struct-removed"},
      {"apis/structs: added", "struct-added"},
      {"apis/structs: reordered", ""},
      {"apis/structs/name", "struct-removed"},
      {"apis/structs/name", "struct-added"},
      {"apis/structs/size", "struct-resized"},
      {"apis/structs/alignment", "struct-realigned"},
      {"apis/structs/fields: removed", "struct-field-removed"},
      {"apis/structs/fields: added", "struct-field-added"},
      {"apis/structs/fields: reordered", "struct-field-reordered"},
      {"apis/structs/fields/name", "struct-field-removed"},
      {"apis/structs/fields/name", "struct-field-added"},
      {"apis/structs/fields/type", "struct-field-type-changed"},
      // Size and sign are stated beside the text.
      {"apis/structs/fields/type_name", "struct-field-type-respelled"},
      {"apis/structs/fields/offset", "struct-field-moved"},
      {"apis/structs/fields/size", "struct-field-resized"},
      // Said of layouts only.
      {"apis/structs/kind", ""},
      {"apis/structs/users", ""},
      {"apis/structs/header", ""},
      {"apis/structs/fields/bit_offset", ""},
      {"apis/structs/fields/bits", "struct-field-resized"},
      {"apis/structs/fields/flags", "struct-field-flags-changed"},
      {"apis/structs/fields/constraint/type", "struct-field-constraint-unproven"},
      {"apis/structs/fields/constraint/min: other", "struct-field-constraint-tightened"},
      {"apis/structs/fields/constraint/min: less", "struct-field-constraint-loosened"},
      {"apis/structs/fields/constraint/min: lost", "struct-field-constraint-loosened"},
      {"apis/structs/fields/constraint/max: other", "struct-field-constraint-loosened"},
      {"apis/structs/fields/constraint/max: less", "struct-field-constraint-tightened"},
      {"apis/structs/fields/constraint/max: lost", "struct-field-constraint-loosened"},
      {"apis/structs/fields/constraint/mask", "struct-field-constraint-rewritten"},
      {"apis/structs/fields/constraint/values", "struct-field-constraint-rewritten"},
      {"apis/structs/fields/constraint/alignment", "struct-field-constraint-rewritten"},
      {"apis/structs/fields/constraint/size", "struct-field-constraint-rewritten"},
      {"apis/structs/fields/constraint: lost", "struct-field-constraint-loosened"},
      {"apis/structs/fields/enum_values", "struct-field-enum-changed"},
      {"apis/structs/fields/description", "words-changed"},
      {"apis/structs/description", "words-changed"},
      {"apis/side_effects: removed", "side-effect-removed"},
      {"apis/side_effects: added", "side-effect-added"},
      {"apis/side_effects: reordered", ""},
      {"apis/side_effects/types", "side-effect-changed"},
      {"apis/side_effects/target", "side-effect-changed"},
      {"apis/side_effects/condition", "words-changed"},
      {"apis/side_effects/description", "words-changed"},
      {"apis/side_effects/reversible", "side-effect-irreversible"},
      {"apis/state_transitions: removed", "state-transition-removed"},
      {"apis/state_transitions: added", "state-transition-added"},
      {"apis/state_transitions: reordered", "state-transition-reordered"},
      {"apis/state_transitions/object", "state-transition-removed"},
      {"apis/state_transitions/object", "state-transition-added"},
      {"apis/state_transitions/from", "state-transition-changed"},
      {"apis/state_transitions/to", "state-transition-changed"},
      {"apis/state_transitions/condition", "words-changed"},
      {"apis/state_transitions/description", "words-changed"},
      {"apis/capabilities: removed", "capability-bypass-removed"},
      {"apis/capabilities: added", "capability-bypass-added"},
      {"apis/capabilities: reordered", ""},
      {"apis/capabilities/name", "words-changed"},
      {"apis/capabilities/number", "capability-changed"},
      {"apis/capabilities/action", "capability-bypass-removed"},
      {"apis/capabilities/action", "capability-added"},
      {"apis/capabilities/allows", "words-changed"},
      {"apis/capabilities/without_cap", "words-changed"},
      {"apis/capabilities/check_condition", "words-changed"},
      {"apis/capabilities/priority", "capability-changed"},
      {"apis/capabilities/alternatives: other", "capability-alternative-added"},
      {"apis/capabilities/alternatives: less", "capability-alternative-removed"},
      {"apis/params/sysfs_path", "spec-changed"},
      {"apis/params/sysfs_permissions", "spec-changed"},
      {"apis/params/default_value", "spec-changed"},
      {"apis/params/units", "spec-changed"},
      {"apis/params/step", "spec-changed"},
      {"apis/params/allowed_strings", "spec-changed"},
      {"apis/since_version", "words-changed"},
      {"apis/deprecated", "spec-changed"},
      {"apis/replacement", "words-changed"},
      {"apis/cmd", "spec-changed"},
      {"apis/cmd_name", "spec-changed"},
      {"apis/input_size", "spec-changed"},
      {"apis/output_size", "spec-changed"},
      {"apis/file_ops_name", "spec-changed"},
      {"apis/subsystem", "spec-changed"},
      {"apis/device_type", "spec-changed"},
      {"apis/network", "spec-changed"},
      {"apis/examples", "words-changed"},
      {"apis/notes", "words-changed"},
      {"syscalls: removed", "syscall-removed"},
      {"syscalls: added", "syscall-added"},
      {"syscalls: reordered", ""},
      {"syscalls/name", "syscall-removed"},
      {"syscalls/name", "syscall-added"},
      // Nobody states that the other ABI was read.
      {"syscalls/abi", "syscall-removed"},
      {"syscalls/number", "syscall-renumbered"},
      {"syscalls/entry", "syscall-entry-changed"},
      // Said by the coverage: see the test of it.
      {"syscalls/signature_from", ""},
      {"syscalls/params: removed", "syscall-signature-changed"},
      {"syscalls/params: added", "syscall-signature-changed"},
      {"syscalls/params: reordered", "syscall-params-reordered"},
      {"syscalls/params: reordered", "words-changed"},
      {"syscalls/params/name", "syscall-param-renamed"},
      {"syscalls/params/type_name", "syscall-param-respelled"},
      {"syscalls/params/type", "syscall-param-respelled"},
      {"syscalls/params/flags", "spec-changed"},
      {"syscalls/params/constraint", "spec-changed"},
      {"syscalls/params/size: other", "syscall-signature-changed"},
      {"syscalls/params/size: less", "syscall-signature-changed"},
      {"syscalls/params/size: lost", "syscall-param-respelled"},
      {"syscalls/params/alignment", "spec-changed"},
      {"syscalls/params/size_param", "spec-changed"},
      {"syscalls/params/size_multiplier", "spec-changed"},
      {"syscalls/params/sysfs_path", "spec-changed"},
      {"syscalls/params/sysfs_permissions", "spec-changed"},
      {"syscalls/params/default_value", "spec-changed"},
      {"syscalls/params/units", "spec-changed"},
      {"syscalls/params/step", "spec-changed"},
      {"syscalls/params/allowed_strings", "spec-changed"},
      {"syscalls/return: gained", ""},
      {"types: removed", "struct-removed"},
      {"types: added", "struct-added"},
      {"types: reordered", ""},
      {"types/name", "struct-removed"},
      {"types/name", "struct-added"},
      {"types/kind", "struct-kind-changed"},
      {"types/size", "struct-resized"},
      // That an image states it is no change of it.
      {"types/size: lost", ""},
      {"types/alignment", "struct-realigned"},
      {"types/alignment: lost", ""},
      {"types/fields: removed", "struct-field-removed"},
      {"types/fields: added", "struct-field-added"},
      // A layout is its offsets.
      {"types/fields: reordered", ""},
      {"types/fields/name", "struct-field-renamed"},
      // Bytes without a name are reserved.
      {"types/fields/name: absent", "struct-field-removed"},
      {"types/fields/name: absent", "struct-reserved-changed"},
      {"types/fields/type", "struct-field-type-changed"},
      {"types/fields/type_name", "struct-field-type-respelled"},
      {"types/fields/offset", "struct-field-moved"},
      {"types/fields/size", "struct-field-resized"},
      {"types/fields/bit_offset", ""},  // the first bit of the byte: see the test of layouts
      {"types/fields/bits", "struct-field-resized"},
      // No compiler says these.
      {"types/fields/flags", ""},
      {"types/fields/constraint", ""},
      {"types/fields/enum_values", ""},
      {"types/fields/description", ""},
      {"types/description", ""},
      {"types/users", ""},
      {"types/header", ""},
      {"constants: removed", "enumerator-removed"},
      {"constants: added", "enumerator-added"},
      {"constants: reordered", ""},
      {"constants/name", "enumerator-removed"},
      {"constants/name", "enumerator-added"},
      // Where a name is declared is no matter.
      {"constants/enumeration", ""},
      {"constants/header", ""},
      {"constants/value", "enumerator-renumbered"},
      {"constants/value: lost", ""},
      {"sysctls: removed", "sysctl-removed"},
      {"sysctls: added", "sysctl-added"},
      {"sysctls: reordered", ""},
      {"sysctls/name", "sysctl-removed"},
      {"sysctls/name", "sysctl-added"},
      // The kernel's own business: tables move, and handlers are renamed.
      {"sysctls/path", ""},
      {"sysctls/table", ""},
      {"sysctls/handler", ""},
      // No mode at all: the rules cannot tell what it allows.
      {"sysctls/mode", "spec-changed"},
      {"sysctls/size", "sysctl-size-changed"},
      {"sysctls/size: lost", ""},
      {"cgroup_files: removed", "cgroup-file-removed"},
      {"cgroup_files: added", "cgroup-file-added"},
      {"cgroup_files: reordered", ""},
      {"cgroup_files/name", "cgroup-file-removed"},
      {"cgroup_files/name", "cgroup-file-added"},
      {"cgroup_files/hierarchy: other", "cgroup-file-removed"},
      {"cgroup_files/hierarchy: other", "cgroup-controller-added"},
      {"cgroup_files/hierarchy: absent", ""},
      {"cgroup_files/table", ""},
      {"cgroup_files/access", "cgroup-file-access-changed"},
      {"cgroup_files/flags", "cgroup-file-flags-changed"},
      {"tracepoints: removed", "tracepoint-removed"},
      {"tracepoints: added", "tracepoint-added"},
      {"tracepoints: reordered", ""},
      {"tracepoints/name", "tracepoint-removed"},
      {"tracepoints/name", "tracepoint-added"},
      {"tracepoints/system", "tracepoint-event-changed"},
      {"tracepoints/fields: removed", "tracepoint-field-removed"},
      {"tracepoints/fields: added", "tracepoint-field-added"},
      // The offsets say the order.
      {"tracepoints/fields: reordered", ""},
      {"tracepoints/fields/name", "tracepoint-field-removed"},
      {"tracepoints/fields/name", "tracepoint-field-added"},
      {"tracepoints/fields/type", "tracepoint-field-type-changed"},
      {"tracepoints/fields/type_name", "tracepoint-field-type-changed"},
      {"tracepoints/fields/offset", "tracepoint-field-moved"},
      {"tracepoints/fields/size", "tracepoint-field-resized"},
      // What the fields of a record do not have.
      {"tracepoints/fields/", ""},
      {"kfuncs: removed", "kfunc-removed"},
      {"kfuncs: added", "kfunc-added"},
      {"kfuncs: reordered", ""},
      {"kfuncs/name", "kfunc-removed"},
      {"kfuncs/name", "kfunc-added"},
      {"kfuncs/flags", "kfunc-flags-changed"},
      {"kfuncs/params: removed", "kfunc-signature-changed"},
      {"kfuncs/params: added", "kfunc-signature-changed"},
      {"kfuncs/params: reordered", "kfunc-signature-changed"},
      {"kfuncs/params/name", "kfunc-signature-changed"},
      {"kfuncs/params/type_name", "kfunc-signature-changed"},
      // The text of the type says it, or the parameters have none.
      {"kfuncs/params/", ""},
      {"kfuncs/return: lost", "kfunc-signature-changed"},
      {"kfuncs/return/type_name", "kfunc-signature-changed"},
      {"kfuncs/return/", ""},
      {"syscalls/params/description", "words-changed"},
      {"syscalls/params/constraint_text", "words-changed"},
  };
  return table;
}

// Looks up the path with "how", then without it, then the parent's.
std::optional<std::set<std::string>> expected_rules(std::string path) {
  const auto find = [](const std::string& key) -> std::optional<std::set<std::string>> {
    const auto [begin, end] = expectations().equal_range(key);
    std::set<std::string> rules;
    for (auto entry = begin; entry != end; ++entry) {
      if (!entry->second.empty()) {
        rules.insert(entry->second);
      }
    }
    return begin == end ? std::nullopt : std::optional(rules);
  };
  if (auto rules = find(path)) {
    return rules;
  }
  path = path.substr(0, path.find(':'));
  if (auto rules = find(path)) {
    return rules;
  }
  for (const std::string whole : {"syscalls/params/constraint", "apis/network",
                                  "tracepoints/fields/", "kfuncs/params/", "kfuncs/return/"}) {
    if (path.starts_with(whole)) {
      return find(whole);
    }
  }
  return std::nullopt;
}

TEST_CASE("every change of every member is said, by the rule that is meant for it") {
  const Corpus base = full_corpus();
  REQUIRE(compare(base, base).findings.empty());
  size_t mutations = 0;
  std::set<std::string> seen;
  for (;; mutations++) {
    Corpus other = base;
    Mutator mutator(mutations);
    mutator.visit(other);
    if (!mutator.done()) {
      break;
    }
    canonicalise(other);
    CAPTURE(mutator.path());
    seen.insert(mutator.path());
    const Report forth = compare(base, other);
    const Report back = compare(other, base);
    CHECK(compare(other, other).findings.empty());
    CHECK(twins(forth) == said(back));
    const auto expected = expected_rules(mutator.path());
    REQUIRE_MESSAGE(expected.has_value(), "the table does not say which rule speaks of this");
    const auto rules = rules_of(forth);
    const std::vector<std::string> said_by(rules.begin(), rules.end());
    CAPTURE(said_by);
    CHECK(rules == *expected);
    for (const Finding& finding : forth.findings) {
      CHECK(finding.before != finding.after);
      CHECK_FALSE(finding.message.empty());
      CHECK(finding.message.find('{') == std::string::npos);
    }
  }
  // The walk saw what the model has: a few members that stand for all.
  for (const char* path : {"apis/params/constraint/mask: less", "apis/return/success_min: lost",
                           "apis/structs/fields/offset: other", "syscalls/params/size: lost"}) {
    CHECK(seen.count(path) == 1);
  }
  CHECK(mutations > 200);
}

TEST_CASE("a signature that one side lacks is said by the coverage") {
  const Corpus base = full_corpus();
  Corpus other = base;
  other.syscalls[0].signature_from.clear();
  other.syscalls[0].params.clear();
  const Report report = compare(base, other);
  CHECK(report.findings.empty());
  CHECK(coverage_of(report, "signatures/x86_64")->detail == "2 and 1 signatures, 1 on both sides");
}

}  // namespace
}  // namespace kapi
