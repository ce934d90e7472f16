// SPDX-License-Identifier: GPL-2.0-only
// kapi/specs/<name> as the model has it: what decoding the image that printed it would give, as far
// as the text says it. A word that stands for several values leaves its member absent and
// unresolved.
#include "kdoc/debugfs_text.h"

#include <fmt/format.h>

#include <tuple>

#include "kdoc/debugfs_omits.h"
#include "kdoc/debugfs_outline.h"
#include "kdoc/debugfs_words.h"
#include "kdoc/place.h"

namespace kapi {
namespace {

// "SIGIO (29):" or "CAP_CHOWN (0):", whose name may hold parentheses.
std::pair<std::string, int64_t> named_number(std::string_view head) {
  const size_t at = head.rfind(" (");
  if (at == head.npos) {
    return {debugfs_text(head), 0};
  }
  return {debugfs_text(head.substr(0, at)),
          parse<int64_t>(without(head.substr(at), " (", "):")).value_or(0)};
}

class TextReader {
 public:
  TextReader(std::string_view text, const std::string& file, std::vector<Diagnostic>& out)
      : outline_(outline_debugfs_text(text)), valid_(is_utf8(text)), notes_(file, out) {
    const OutlineSection* since = outline_.find(Part::since);
    early_ = since != nullptr || outline_.find(Part::deprecated) != nullptr;
  }

  DebugfsSpec read() {
    header(outline_.sections[0].items[0]);
    for (const OutlineSection& section : outline_.sections) {
      read_section(section);
      check_count(section);
    }
    if (outline_.find(Part::return_value) == nullptr) {
      error("", "cut", "there is no return value, which each text has: it was cut", outline_.lines);
    } else if (!outline_.ends_well && !early_) {
      error("", "cut", "the text does not end in an empty line: it was cut", outline_.lines);
    }
    remarks();
    return {std::move(api_), debugfs_text_omits(traits())};
  }

 private:
  // ---- what is noticed ----

  void error(std::string_view part, std::string code, std::string message, size_t line) {
    notes_.add(Level::error, std::move(code),
               part.empty() ? api_.name : fmt::format("{}/{}", api_.name, part), std::move(message),
               line);
  }

  void unresolved(std::string path, std::string_view expression) {
    api_.unresolved.push_back({std::move(path), to_utf8(expression)});
  }

  void check_count(const OutlineSection& section) {
    if (section.count && *section.count != section.items.size()) {
      const bool more = section.items.size() > *section.count;
      error(part_name(section.part), more ? "items-uncounted" : "items-missing",
            fmt::format("the heading counts {} and there {} {}: {}", *section.count,
                        section.items.size() == 1 ? "is" : "are", section.items.size(),
                        more ? "a value with a line break looks like an item"
                             : "the text was cut, or the kernel has room for no more"),
            section.line);
    }
  }

  static std::string_view part_name(Part part) {
    switch (part) {
      case Part::params:
        return "params";
      case Part::errors:
        return "errors";
      case Part::locks:
        return "locks";
      case Part::constraints:
        return "constraints";
      case Part::signals:
        return "signals";
      case Part::side_effects:
        return "side_effects";
      case Part::state_transitions:
        return "state_transitions";
      case Part::capabilities:
        return "capabilities";
      default:
        return "";
    }
  }

  void remarks() {
    if (outline_.continued != 0) {
      notes_.add(Level::note, "value-continued", api_.name,
                 "a line that is none of the kernel's was taken for a part of the value before it",
                 outline_.continued);
    }
    for (const size_t line : outline_.unknown_sections) {
      notes_.add(Level::warning, "unknown-section", api_.name,
                 "the section is not known to this version and was not read", line);
    }
    if (!valid_) {
      notes_.add(Level::note, "not-utf8", api_.name,
                 "the text is not UTF-8; its other bytes are shown as \\xNN", 1);
    }
  }

  // RFC v4 or earlier.
  bool is_rfc() const { return bare_locks_ || any_bit_flags_; }

  DebugfsTextTraits traits() const {
    DebugfsTextTraits traits;
    traits.rfc = is_rfc();
    traits.no_late_lists = early_ && outline_.find(Part::side_effects) == nullptr &&
                           outline_.find(Part::state_transitions) == nullptr &&
                           outline_.find(Part::capabilities) == nullptr;
    return traits;
  }

  // ---- sections ----

  void read_section(const OutlineSection& section) {
    for (const OutlineItem& item : section.items) {
      switch (section.part) {
        case Part::header:
          break;
        case Part::params:
          param(item);
          break;
        case Part::return_value:
          return_value(item);
          break;
        case Part::errors:
          error_spec(item);
          break;
        case Part::locks:
          lock(item);
          break;
        case Part::constraints:
          constraint(item);
          break;
        case Part::signals:
          signal(item);
          break;
        case Part::side_effects:
          side_effect(item);
          break;
        case Part::state_transitions:
          state_transition(item);
          break;
        case Part::capabilities:
          capability(item);
          break;
        case Part::examples:
          api_.examples = debugfs_prose(item.head.value);
          break;
        case Part::notes:
          api_.notes = debugfs_prose(item.head.value);
          break;
        case Part::since:
          api_.since_version = debugfs_text(item.head.value);
          break;
        case Part::deprecated:
          api_.deprecated = true;
          api_.replacement = debugfs_text(without(item.value("  - use "), "", " instead"));
          break;
      }
    }
  }

  void header(const OutlineItem& item) {
    api_.name = debugfs_text(item.value("Name: "));
    api_.kind = debugfs_kind(api_.name, "");
    api_.version = parse<uint64_t>(item.value("Version: ")).value_or(0);
    api_.description = debugfs_prose(item.value("Description: "));
    api_.long_description = debugfs_prose(item.value("Long description: "));
    api_.contexts = word_list(item.value("Context flags: "));
    if (item.find("Context flags: ") == nullptr) {
      error("", "cut", "there is no line with context flags: the text was cut", outline_.lines);
    }
  }

  void param(const OutlineItem& item) {
    TextParam read = read_text_param(item, api_.params.size(), early_);
    any_bit_flags_ = any_bit_flags_ || read.any_bit_flags;
    early_ = early_ || any_bit_flags_;
    for (Unresolved& value : read.unresolved) {
      api_.unresolved.push_back(std::move(value));
    }
    api_.params.push_back(std::move(read.param));
  }

  void return_value(const OutlineItem& item) {
    Return value;
    value.type_name = debugfs_text(item.value("  type: "));
    value.description = debugfs_prose(item.value("  description: "));
    const OutlineField* line = item.find("  success: ");
    const std::string_view success = line == nullptr ? std::string_view() : line->value;
    if (success.starts_with("== ")) {
      value.check = "exact";
      value.success_value = parse<int64_t>(success.substr(3));
    } else if (success.starts_with('[')) {
      const auto [min, max] = cut(without(success, "[", "]"), ", ");
      value.check = "range";
      value.success_min = parse<int64_t>(min);
      value.success_max = parse<int64_t>(max);
    } else {
      value.check = success.starts_with("valid file descriptor") ? "fd"
                    : success == "error check"                   ? "error_check"
                    : success == "custom check"                  ? "custom"
                                                                 : "no_return";
    }
    // All of a spec that has none prints as this, and so does one that only names a type.
    if (value.type_name.empty() && value.description.empty() && value.success_value == 0) {
      unresolved("return", "no return value, or one that says nothing but its type");
      return;
    }
    api_.return_ = std::move(value);
  }

  void error_spec(const OutlineItem& item) {
    const auto head = numbered_head(item.head.value).value_or(NumberedHead{});
    Error error{debugfs_text(head.name), head.number, debugfs_prose(item.value("    condition: ")),
                debugfs_prose(head.rest)};
    if (error != Error{}) {
      api_.errors.push_back(std::move(error));
    }
  }

  void lock(const OutlineItem& item) {
    const auto head = lock_head(item.head.value).value_or(LockHead{});
    Lock lock{debugfs_text(head.name), lock_type_word(head.type), "", debugfs_prose(head.rest)};
    const OutlineField* scope = item.find("    scope: ");
    if (scope != nullptr) {
      lock.scope = lock_scope_phrase(scope->value);
    } else {
      bare_locks_ = true;
      const bool acquired = item.find("    acquired by function") != nullptr;
      const bool released = item.find("    released by function") != nullptr;
      lock.scope = acquired == released ? (acquired ? "internal" : "")
                   : acquired           ? "acquires"
                                        : "releases";
    }
    if (lock.type.empty()) {
      unresolved("locks/" + subject(lock.name) + "/type", head.type);
    }
    if (lock.scope.empty()) {
      unresolved("locks/" + subject(lock.name) + "/scope",
                 scope == nullptr ? "not said" : scope->value);
    }
    api_.locks.push_back(std::move(lock));
  }

  void constraint(const OutlineItem& item) {
    if (is_rfc()) {
      return;  // the line holds the description alone
    }
    const auto [name, description] = cut(without(item.head.value, "- ", ""), ": ");
    api_.constraints.push_back({debugfs_text(name), debugfs_prose(item.value("    expression: ")),
                                debugfs_prose(description)});
  }

  void signal(const OutlineItem& item) {
    Signal signal;
    int64_t number = 0;
    std::tie(signal.name, number) = named_number(item.head.value);
    signal.number = number == 0 ? std::nullopt : std::optional(number);
    signal.direction = word_list(item.value("    direction: "));
    const std::string_view action = item.value("    action: ");
    signal.action = signal_action_word(action);
    signal.description = debugfs_prose(item.value("    description: "));
    if (signal.action.empty()) {
      unresolved("signals/" + subject(signal.name) + "/action", action);
    }
    api_.signals.push_back(std::move(signal));
  }

  void side_effect(const OutlineItem& item) {
    constexpr std::string_view kReversible = " (reversible)";
    SideEffect effect;
    std::string_view text = without(item.head.value, "- ", "");
    effect.reversible = text.ends_with(kReversible);
    text = without(text, "", kReversible);
    const auto [target, description] = cut(text, ": ");
    effect.target = debugfs_text(target);
    effect.description = debugfs_prose(description);
    api_.side_effects.push_back(std::move(effect));
  }

  void state_transition(const OutlineItem& item) {
    const auto [object, states] = cut(item.head.value, ": ");
    const auto [from, to] = cut(states, " -> ");
    api_.state_transitions.push_back({debugfs_text(object), debugfs_text(from), debugfs_text(to),
                                      "", debugfs_prose(item.value("    "))});
  }

  void capability(const OutlineItem& item) {
    Capability capability;
    std::tie(capability.name, capability.number) = named_number(item.head.value);
    capability.allows = debugfs_prose(item.value("    allows: "));
    capability.without_cap = debugfs_prose(item.value("    without: "));
    api_.capabilities.push_back(std::move(capability));
  }

  // As it stands in a path.
  static std::string subject(const std::string& name) { return name.empty() ? "(unnamed)" : name; }

  Outline outline_;
  bool valid_;
  TextNotes notes_;
  Api api_;
  // What tells the revision that printed it.
  bool early_ = false;          // before PATCH v2
  bool bare_locks_ = false;     // a lock without: RFC v4 or earlier
  bool any_bit_flags_ = false;  // "IN INOUT": RFC v4 or earlier
};

}  // namespace

std::optional<DebugfsSpec> read_debugfs_text(std::string_view text, const std::string& file,
                                             std::vector<Diagnostic>& diagnostics) {
  if (!is_debugfs_text(text)) {
    TextNotes(file, diagnostics)
        .add(Level::error, "not-a-spec", "",
             "expected 'Kernel API Specification' and a line of '=' below it", 1);
    return std::nullopt;
  }
  DebugfsSpec spec = TextReader(text, file, diagnostics).read();
  if (spec.api.name.empty()) {
    TextNotes(file, diagnostics)
        .add(Level::error, "spec-without-name", "", "there is no line 'Name: …' with a name", 4);
    return std::nullopt;
  }
  return spec;
}

}  // namespace kapi
