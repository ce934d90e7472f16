// SPDX-License-Identifier: GPL-2.0-only
// The text that the kernel's own tool prints for people; see report/compat/view.h.
#include <fmt/format.h>

#include <iterator>

#include "report/compat/view.h"

namespace kapi::compat {
namespace {

// Indented as below an item.
constexpr std::string_view kDetail = "      ";
constexpr std::string_view kShallow = "    ";

class Plain {
 public:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  void heading(std::string_view title) { line("\n{}:", title); }
  void counted(std::string_view title, size_t count) { line("\n{} ({}):", title, count); }
  void labelled(std::string_view indent, std::string_view label, std::string_view text) {
    if (!text.empty()) {
      line("{}{}: {}", indent, label, text);
    }
  }
  void detail(std::string_view text) {
    if (!text.empty()) {
      line("{}{}", kDetail, text);
    }
  }
  void text_block(std::string_view title, std::string_view text) {
    if (!text.empty()) {
      heading(title);
      line("{}", text);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void parameters(Plain& out, const Api& api) {
  if (api.params.empty()) {
    return;
  }
  out.counted("Parameters", api.params.size());
  size_t index = 0;
  for (const Param& p : api.params) {
    out.line("  [{}] {} ({})", index++, p.name, p.type_name);
    out.detail(p.description);
    const auto flags = flag_words(p.flags);
    if (!flags.empty()) {
      out.line("{}Flags: {}", kDetail, fmt::join(flags, " | "));
    }
    out.labelled(kDetail, "Constraint", p.constraint_text);
    if (const auto range = range_of(p.constraint)) {
      out.line("{}Range: {} to {}", kDetail, range->min, range->max);
    }
    if (const auto mask = mask_of(p.constraint)) {
      out.line("{}Valid mask: {:#x}", kDetail, *mask);
    }
  }
}

void return_value(Plain& out, const Api& api) {
  if (!api.return_) {
    return;
  }
  const Return& r = *api.return_;
  out.heading("Return Value");
  out.line("  Type: {}", r.type_name);
  out.line("  {}", r.description);
  if (r.success_value) {
    out.line("  Success value: {}", *r.success_value);
  }
  if (r.success_min && r.success_max) {
    out.line("  Success range: {} to {}", *r.success_min, *r.success_max);
  }
}

void errors(Plain& out, const Api& api) {
  if (api.errors.empty()) {
    return;
  }
  out.counted("Possible Errors", api.errors.size());
  for (const Error& e : api.errors) {
    out.line("  {} ({})", e.name, e.code);
    out.labelled(kDetail, "Condition", e.condition);
    out.detail(e.description);
  }
}

void capabilities(Plain& out, const Corpus& corpus, const Api& api) {
  if (api.capabilities.empty()) {
    return;
  }
  out.heading("Required Capabilities");
  for (const Capability& c : api.capabilities) {
    out.line("  {} ({}) - {}", c.name, c.number, capability_action(corpus, c));
    out.labelled(kShallow, "Allows", c.allows);
    out.labelled(kShallow, "Without capability", c.without_cap);
    out.labelled(kShallow, "Condition", c.check_condition);
  }
}

void signal(Plain& out, const Signal& s) {
  const auto bits = [&](std::string_view label, uint64_t value) {
    if (value != 0) {
      out.line("{}{}: {:#x}", kDetail, label, value);
    }
  };
  out.line("  {} ({}) - {} - {}", s.name, s.number.value_or(0),
           fmt::join(direction_words(s.direction), "|"),
           s.action.empty() ? "UNKNOWN" : upper(s.action));
  out.labelled(kDetail, "Target", s.target);
  out.labelled(kDetail, "Condition", s.condition);
  out.detail(s.description);
  out.line("{}Timing: {}", kDetail, timing_word(s.timing));
  out.line("{}Priority: {}", kDetail, s.priority.value_or(0));
  if (s.restartable) {
    out.line("{}Restartable: yes", kDetail);
  }
  if (s.interruptible) {
    out.line("{}Interruptible: yes", kDetail);
  }
  out.labelled(kDetail, "Queue", s.queue_behavior);
  bits("SA flags required", s.sa_flags_required ? s.sa_flags_required->value : 0);
  bits("SA flags forbidden", s.sa_flags_forbidden ? s.sa_flags_forbidden->value : 0);
  bits("State required", signal_states(s.state_required));
  bits("State forbidden", signal_states(s.state_forbidden));
  if (s.error) {
    out.line("{}Error on signal: {}", kDetail, *s.error);
  }
  if (s.transform_to) {
    out.line("{}Transform to: {}", kDetail, *s.transform_to);
  }
}

void signals(Plain& out, const Api& api) {
  if (!api.signals.empty()) {
    out.counted("Signal Specifications", api.signals.size());
    for (const Signal& s : api.signals) {
      signal(out, s);
    }
  }
  if (!api.signal_masks.empty()) {
    out.counted("Signal Masks", api.signal_masks.size());
    for (const SignalMask& m : api.signal_masks) {
      out.line("  {}", m.name);
      out.detail(m.description);
    }
  }
}

void effects(Plain& out, const Api& api) {
  if (!api.side_effects.empty()) {
    out.counted("Side Effects", api.side_effects.size());
    for (const SideEffect& e : api.side_effects) {
      out.line("  {} - {}", e.target, e.description);
      out.labelled(kDetail, "Condition", e.condition);
      if (e.reversible) {
        out.line("{}Reversible: yes", kDetail);
      }
    }
  }
  if (!api.state_transitions.empty()) {
    out.counted("State Transitions", api.state_transitions.size());
    for (const StateTransition& t : api.state_transitions) {
      out.line("  {} : {} -> {}", t.object, t.from, t.to);
      out.labelled(kDetail, "Condition", t.condition);
      out.detail(t.description);
    }
  }
}

void constraints(Plain& out, const Api& api) {
  if (!api.constraints.empty()) {
    out.counted("Additional Constraints", api.constraints.size());
    for (const ApiConstraint& c : api.constraints) {
      out.line("  {}", c.name);
      out.detail(c.description);
      out.labelled(kDetail, "Expression", c.expression);
    }
  }
  if (!api.locks.empty()) {
    out.counted("Locking Requirements", api.locks.size());
    for (const Lock& l : api.locks) {
      out.line("  {} ({})", l.name, l.type.empty() ? "UNKNOWN" : upper(l.type));
      out.line("{}Scope: {}", kDetail, scope_phrase(l.scope));
      out.detail(l.description);
    }
  }
}

void structs(Plain& out, const Api& api) {
  if (api.structs.empty()) {
    return;
  }
  out.counted("Structure Specifications", api.structs.size());
  for (const Struct& s : api.structs) {
    out.line("  {} (size={}, align={}):", s.name, s.size.value_or(0), s.alignment.value_or(0));
    out.detail(s.description);
    if (s.fields.empty()) {
      continue;
    }
    out.line("{}Fields ({}):", kDetail, s.fields.size());
    for (const Field& f : s.fields) {
      out.line("        - {} ({}): {}", f.name, f.type_name, f.description);
      if (const auto range = range_of(f.constraint);
          range && (range->min != 0 || range->max != 0)) {
        out.line("          Range: [{}, {}]", range->min, range->max);
      }
      if (const auto mask = mask_of(f.constraint); mask && *mask != 0) {
        out.line("          Mask: {:#x}", *mask);
      }
    }
  }
}

}  // namespace

std::string list_plain(const Corpus& corpus) {
  Plain out;
  for (const auto& [type, title] : kGroups) {
    bool titled = false;
    for (const Api& api : corpus.apis) {
      if (api_type(corpus, api) != type) {
        continue;
      }
      if (!titled) {
        out.heading(title);
        out.line("{}", std::string(title.size() + 1, '-'));
        titled = true;
      }
      out.line("  {}", api.name);
    }
  }
  out.line("\nTotal specifications found: {}", corpus.apis.size());
  return out.take();
}

std::string api_plain(const Corpus& corpus, const Api& api) {
  Plain out;
  const std::string title = fmt::format("Detailed information for {}:", api.name);
  out.line("\n{}\n{}", title, std::string(title.size(), '='));
  out.labelled("", "Description", api.description);
  out.text_block("Detailed Description", api.long_description);
  const auto contexts = context_flags(corpus, api);
  if (!contexts.empty()) {
    out.heading("Execution Context");
    for (const std::string& flag : contexts) {
      out.line("  - {}", flag);
    }
  }
  parameters(out, api);
  return_value(out, api);
  errors(out, api);
  out.text_block("Notes", api.notes);
  out.text_block("Examples", api.examples);
  if (api_type(corpus, api) == "sysfs") {
    out.labelled("", "Subsystem", api.subsystem);
    out.labelled("", "Sysfs Path", sysfs_path(api));
    out.labelled("", "Permissions", sysfs_permissions(api));
  }
  capabilities(out, corpus, api);
  signals(out, api);
  effects(out, api);
  constraints(out, api);
  structs(out, api);
  return out.take();
}

}  // namespace kapi::compat
