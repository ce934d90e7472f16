// SPDX-License-Identifier: GPL-2.0-only
// The reStructuredText of the kernel's own tool; see report/compat/view.h. Upstream puts an empty
// line between some titles and their underlines and does not escape; here it is valid markup.
#include <fmt/format.h>

#include <iterator>

#include "report/compat/view.h"

namespace kapi::compat {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Text that stands for itself: "2*n", "`x`", "name_".
std::string escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); i++) {
    const bool reference = text[i] == '_' && (i + 1 == text.size() || !is_word(text[i + 1])) &&
                           i > 0 && is_word(text[i - 1]);
    if (std::string_view("*`|\\").find(text[i]) != std::string_view::npos || reference) {
      out += '\\';
    }
    out += text[i];
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

class Rst {
 public:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  void blank() { out_ += '\n'; }
  void section(const std::string& title, char underline = '-') {
    line("{}\n{}\n", title, std::string(title.size(), underline));
  }
  void counted(std::string_view title, size_t count) {
    section(fmt::format("{} ({})", title, count));
  }
  void field(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      line("  :{}: {}", name, escaped(text));
    }
  }
  void indented(std::string_view text) {
    if (!text.empty()) {
      line("  {}", escaped(text));
    }
  }
  void bullet(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      line("* **{}:** {}", name, escaped(text));
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void parameters(Rst& out, const Api& api) {
  if (api.params.empty()) {
    return;
  }
  out.counted("Parameters", api.params.size());
  size_t index = 0;
  for (const Param& p : api.params) {
    out.line("**[{}] {}** (*{}*)\n", index++, escaped(p.name), escaped(p.type_name));
    out.indented(p.description);
    const auto flags = flag_words(p.flags);
    if (!flags.empty()) {
      out.line("  :Flags: {}", fmt::join(flags, ", "));
    }
    out.field("Constraint", p.constraint_text);
    if (const auto range = range_of(p.constraint)) {
      out.line("  :Range: {} to {}", range->min, range->max);
    }
    out.blank();
  }
}

void return_value(Rst& out, const Api& api) {
  if (!api.return_) {
    return;
  }
  const Return& r = *api.return_;
  out.section("Return Value");
  out.line(":Type: {}", escaped(r.type_name));
  out.line(":Description: {}", escaped(r.description));
  if (r.success_value) {
    out.line(":Success value: {}", *r.success_value);
  }
  out.blank();
}

void errors(Rst& out, const Api& api) {
  if (api.errors.empty()) {
    return;
  }
  out.counted("Possible Errors", api.errors.size());
  for (const Error& e : api.errors) {
    out.line("**{}** ({})\n", escaped(e.name), e.code);
    out.field("Condition", e.condition);
    out.field("Description", e.description);
    out.blank();
  }
}

void notes_and_examples(Rst& out, const Api& api) {
  if (!api.notes.empty()) {
    out.section("Notes");
    out.line("{}\n", escaped(api.notes));
  }
  if (api.examples.empty()) {
    return;
  }
  out.section("Examples");
  out.line(".. code-block:: c\n");
  std::string_view rest = api.examples;
  while (!rest.empty()) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    out.line("{}{}", text.empty() ? "" : "   ", text);
  }
  out.blank();
}

void capabilities(Rst& out, const Corpus& corpus, const Api& api) {
  if (api.capabilities.empty()) {
    return;
  }
  out.section("Required Capabilities");
  for (const Capability& c : api.capabilities) {
    out.line("**{} ({})** - {}\n", escaped(c.name), c.number,
             escaped(capability_action(corpus, c)));
    out.bullet("Allows", c.allows);
    out.bullet("Without capability", c.without_cap);
    out.bullet("Condition", c.check_condition);
    out.blank();
  }
}

void signal(Rst& out, const Signal& s) {
  const auto bits = [&](std::string_view name, uint64_t value) {
    if (value != 0) {
      out.line("  :{}: {:#x}", name, value);
    }
  };
  out.line("* **{}**{}\n", escaped(s.name), s.number ? fmt::format(" ({})", *s.number) : "");
  out.line("  :Direction: {}",
           lower(fmt::format("{}", fmt::join(direction_words(s.direction), ", "))));
  out.field("Action", s.action);
  out.field("Target", s.target);
  out.field("Condition", s.condition);
  out.field("Description", s.description);
  out.field("Timing", lower(timing_word(s.timing)));
  if (s.priority) {
    out.line("  :Priority: {}", *s.priority);
  }
  if (s.interruptible) {
    out.line("  :Interruptible: yes");
  }
  if (s.restartable) {
    out.line("  :Restartable: yes");
  }
  out.field("Queue", s.queue_behavior);
  bits("SA flags required", s.sa_flags_required ? s.sa_flags_required->value : 0);
  bits("SA flags forbidden", s.sa_flags_forbidden ? s.sa_flags_forbidden->value : 0);
  bits("State required", signal_states(s.state_required));
  bits("State forbidden", signal_states(s.state_forbidden));
  if (s.error) {
    out.line("  :Error on signal: {}", *s.error);
  }
  if (s.transform_to) {
    out.line("  :Transform to: {}", *s.transform_to);
  }
  out.blank();
}

// The words behind "* " and what belongs to them, with an empty line after.
void effects(Rst& out, const Api& api) {
  if (!api.side_effects.empty()) {
    out.counted("Side Effects", api.side_effects.size());
    for (const SideEffect& e : api.side_effects) {
      out.line("* **{}**{}", escaped(e.target), e.reversible ? " *(reversible)*" : "");
      out.indented(e.description);
      if (!e.condition.empty()) {
        out.blank();  // or the field would be a part of the paragraph
        out.field("Condition", e.condition);
      }
      out.blank();
    }
  }
  if (!api.state_transitions.empty()) {
    out.counted("State Transitions", api.state_transitions.size());
    for (const StateTransition& t : api.state_transitions) {
      out.line("* **{}**: {} \u2192 {}", escaped(t.object), escaped(t.from), escaped(t.to));
      out.indented(t.description);
      if (!t.condition.empty()) {
        out.blank();
        out.field("Condition", t.condition);
      }
      out.blank();
    }
  }
}

void constraints(Rst& out, const Api& api) {
  if (!api.constraints.empty()) {
    out.counted("Constraints", api.constraints.size());
    for (const ApiConstraint& c : api.constraints) {
      out.line("* **{}**", escaped(c.name));
      out.indented(c.description);
      if (!c.expression.empty()) {
        out.line("\n  :Expression: ``{}``", c.expression);
      }
      out.blank();
    }
  }
  if (!api.locks.empty()) {
    out.counted("Locks", api.locks.size());
    for (const Lock& l : api.locks) {
      const bool plain = l.type.empty() || l.type == "none";
      out.line("* **{}**{}", escaped(l.name),
               plain ? "" : fmt::format(" *({})*", l.type == "rcu" ? "RCU" : l.type));
      out.indented(l.description);
      out.blank();
    }
  }
}

void structs(Rst& out, const Api& api) {
  if (api.structs.empty()) {
    return;
  }
  out.section("Structure Specifications", '~');
  for (const Struct& s : api.structs) {
    out.line("**{}**\n", escaped(s.name));
    out.indented(s.description);
    if (!s.description.empty()) {
      out.blank();
    }
    out.line("  :Size: {} bytes", s.size.value_or(0));
    out.line("  :Alignment: {} bytes", s.alignment.value_or(0));
    out.line("  :Fields: {}\n", s.fields.size());
    for (const Field& f : s.fields) {
      out.line("  * **{}** ({})", escaped(f.name), escaped(f.type_name));
    }
    out.blank();
  }
}

}  // namespace

std::string list_rst(const Corpus& corpus) {
  Rst out;
  for (const auto& [type, title] : kGroups) {
    bool titled = false;
    for (const Api& api : corpus.apis) {
      if (api_type(corpus, api) != type) {
        continue;
      }
      if (!titled) {
        out.blank();
        out.section(std::string(title), '=');
        titled = true;
      }
      out.line("* **{}** (*{}*)", escaped(api.name), type);
    }
  }
  out.line("\n**Total specifications found:** {}", corpus.apis.size());
  return out.take();
}

std::string api_rst(const Corpus& corpus, const Api& api) {
  Rst out;
  out.blank();
  out.section(api.name, '=');
  if (!api.description.empty()) {
    out.line("**{}**\n", escaped(api.description));
  }
  if (!api.long_description.empty()) {
    out.line("{}\n", escaped(api.long_description));
  }
  const auto contexts = context_flags(corpus, api);
  if (!contexts.empty()) {
    out.section("Execution Context");
    for (const std::string& flag : contexts) {
      out.line("* {}", flag);
    }
    out.blank();
  }
  parameters(out, api);
  return_value(out, api);
  errors(out, api);
  notes_and_examples(out, api);
  if (api_type(corpus, api) == "sysfs") {
    out.field("Subsystem", api.subsystem);
    out.field("Sysfs Path", sysfs_path(api));
    out.field("Permissions", sysfs_permissions(api));
  }
  capabilities(out, corpus, api);
  if (!api.signals.empty()) {
    out.counted("Signals", api.signals.size());
    for (const Signal& s : api.signals) {
      signal(out, s);
    }
  }
  if (!api.signal_masks.empty()) {
    out.counted("Signal Masks", api.signal_masks.size());
    for (const SignalMask& m : api.signal_masks) {
      out.line("* **{}**", escaped(m.name));
      out.indented(m.description);
      out.blank();
    }
  }
  effects(out, api);
  constraints(out, api);
  structs(out, api);
  return out.take();
}

}  // namespace kapi::compat
