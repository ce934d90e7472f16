// SPDX-License-Identifier: GPL-2.0-only
// One API as text. Every member of the model appears: a test fills each one and looks for it here.
#include <fmt/format.h>

#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

constexpr size_t kEntry = 2;
constexpr size_t kDetail = 6;

// "label value", or nothing if there is no value.
std::string fact(std::string_view label, const std::string& value) {
  return value.empty() ? value : fmt::format("{} {}", label, one_line(value));
}
template <class Number>
std::string fact(std::string_view label, const std::optional<Number>& value) {
  return value ? fmt::format("{} {}", label, *value) : "";
}
std::string fact(std::string_view label, const std::optional<Bits>& value) {
  return value ? fmt::format("{} {}", label, hex(value->value)) : "";
}
std::string fact(std::string_view label, const std::vector<std::string>& tokens) {
  return fact(label, joined(tokens));
}
std::string fact(std::string_view label, const std::vector<int64_t>& numbers) {
  return numbers.empty() ? "" : fmt::format("{} {}", label, fmt::join(numbers, ", "));
}

std::string in_brackets(const std::vector<std::string>& parts) {
  const std::string inner = joined(parts);
  return inner.empty() ? inner : "(" + one_line(inner) + ")";
}

std::string entry(const std::vector<std::string>& parts, size_t indent = kEntry) {
  std::vector<std::string> lines;
  lines.reserve(parts.size());
  for (const std::string& part : parts) {
    lines.push_back(one_line(part));
  }
  const std::string line = std::string(indent, ' ') + joined(lines, "  ") + "\n";
  return line.size() <= kColumns ? line : wrapped(line, 0);
}
std::string detail(const std::vector<std::string>& parts) {
  const std::string line = joined(parts);
  return line.empty() ? line : wrapped(line, kDetail);
}
std::string prose(std::string_view text) {
  return text.empty() ? std::string() : wrapped(text, kDetail);
}

std::string text_of(const std::optional<Constraint>& constraint) {
  if (!constraint) {
    return {};
  }
  const Constraint& c = *constraint;
  const std::string limits =
      joined({fact("min", c.min), fact("max", c.max), fact("bits", c.mask),
              fact("one of", c.values), fact("multiple of", c.alignment), fact("size", c.size)});
  return fmt::format("constraint {}{}{}", one_line(c.type), limits.empty() ? "" : ": ", limits);
}

std::string text_of(const Param& param) {
  return entry({declaration_text(param.type_name, param.name), in_brackets({param.type}),
                joined(param.flags)}) +
         detail({text_of(param.constraint)}) + prose(param.constraint_text) +
         detail({fact("size", param.size), fact("alignment", param.alignment),
                 fact("count in parameter", param.size_param),
                 fact("times", param.size_multiplier)}) +
         prose(param.description);
}

std::string text_of(const Return& value) {
  return entry({one_line(value.type_name), in_brackets({value.type}), fact("check", value.check)}) +
         detail({fact("success is", value.success_value), fact("success from", value.success_min),
                 fact("success up to", value.success_max),
                 fact("errors are", value.error_values)}) +
         prose(value.description);
}

std::string text_of(const Error& error) {
  const std::string words = error.description == error.condition ? "" : error.description;
  return entry({fmt::format("{} ({})", one_line(error.name), error.code), error.condition}) +
         prose(words);
}

std::string text_of(const Lock& lock) {
  return entry({one_line(lock.name), in_brackets({lock.type, lock.scope})}) +
         prose(lock.description);
}

std::string text_of(const ApiConstraint& constraint) {
  return entry({one_line(constraint.name)}) + prose(constraint.expression) +
         prose(constraint.description);
}

std::string text_of(const Signal& signal) {
  return entry({one_line(signal.name), fact("number", signal.number),
                fact("action", signal.action)}) +
         detail({fact("direction", signal.direction), fact("target", signal.target),
                 fact("timing", signal.timing), signal.restartable ? "restartable" : "",
                 signal.interruptible ? "interruptible" : "", fact("error", signal.error),
                 fact("priority", signal.priority), fact("transforms to", signal.transform_to),
                 fact("queue", signal.queue_behavior)}) +
         detail({fact("sa_flags required", signal.sa_flags_required),
                 fact("sa_flags forbidden", signal.sa_flags_forbidden),
                 fact("state required", signal.state_required),
                 fact("state forbidden", signal.state_forbidden)}) +
         detail({fact("when", signal.condition)}) + prose(signal.description);
}

std::string text_of(const SignalMask& mask) {
  return entry({one_line(mask.name), fact("signals", mask.signals)}) + prose(mask.description);
}

std::string text_of(const Field& field) {
  return entry({fmt::format("+{}", field.offset), declaration_text(field.type_name, field.name),
                in_brackets({field.type}), fact("size", field.size), joined(field.flags)},
               2 * kEntry) +
         detail({text_of(field.constraint), fact("values", field.enum_values)}) +
         prose(field.description);
}

std::string text_of(const Struct& record) {
  std::string out = entry(
      {one_line(record.name), fact("size", record.size), fact("alignment", record.alignment)});
  out += prose(record.description);
  for (const Field& field : record.fields) {
    out += text_of(field);
  }
  return out;
}

std::string text_of(const SideEffect& effect) {
  return entry({one_line(effect.target), in_brackets(effect.types),
                effect.reversible ? "reversible" : ""}) +
         detail({fact("when", effect.condition)}) + prose(effect.description);
}

std::string text_of(const StateTransition& transition) {
  return entry({fmt::format("{}: {} → {}", one_line(transition.object), one_line(transition.from),
                            one_line(transition.to))}) +
         detail({fact("when", transition.condition)}) + prose(transition.description);
}

std::string text_of(const Capability& capability) {
  return entry({fmt::format("{} ({})", one_line(capability.name), capability.number),
                one_line(capability.action)}) +
         detail({fact("allows", capability.allows)}) +
         detail({fact("without it:", capability.without_cap)}) +
         detail({fact("checked when", capability.check_condition)}) +
         detail({fact("priority", capability.priority),
                 fact("or capability", capability.alternatives)});
}

class ApiText {
 public:
  explicit ApiText(bool colour) : colour_(colour) {}

  void section(std::string_view title, const std::string& body) {
    if (!body.empty()) {
      out_ += "\n" + painted(title, Style::bold, colour_) + "\n" + body;
    }
  }
  template <class Element>
  void list(std::string_view title, const std::vector<Element>& elements) {
    std::string body;
    for (const Element& element : elements) {
      body += text_of(element);
    }
    section(title, body);
  }
  void title(const Api& api) {
    out_ = painted(one_line(api.name), Style::bold, colour_) + " " +
           in_brackets({api.kind, fmt::format("version {}", api.version)}) + "\n";
    out_ += api.description.empty() ? "" : wrapped(api.description, kEntry);
  }
  std::string take() { return std::move(out_); }

 private:
  bool colour_;
  std::string out_;
};

}  // namespace

std::string api_text(const Api& api, const FormatOptions& options) {
  ApiText text(options.colour);
  text.title(api);
  text.section("description",
               api.long_description.empty() ? "" : wrapped(api.long_description, kEntry));
  text.section("contexts", api.contexts.empty() ? "" : wrapped(joined(api.contexts), kEntry));
  text.list("parameters", api.params);
  text.section("returns", api.return_ ? text_of(*api.return_) : "");
  text.list("errors", api.errors);
  text.list("constraints", api.constraints);
  text.list("locks", api.locks);
  text.list("signals", api.signals);
  text.list("signal masks", api.signal_masks);
  text.list("structs", api.structs);
  text.list("side effects", api.side_effects);
  text.list("state transitions", api.state_transitions);
  text.list("capabilities", api.capabilities);
  text.section("examples", api.examples.empty() ? "" : verbatim(api.examples, kEntry));
  text.section("notes", api.notes.empty() ? "" : wrapped(api.notes, kEntry));
  return text.take();
}

}  // namespace kapi
