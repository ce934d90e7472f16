// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/flat_spec.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

std::string trimmed_end(std::string text) {
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

// An attribute that is given once holds for every item of its list.
void note_shared(const DocComment& comment, std::string_view key, size_t items,
                 const SpecValues& values) {
  const DocSection* section = flat_section(comment, key);
  if (section != nullptr && items > 1) {
    values.note(Level::note, "shared-value",
                fmt::format("\"{}:\" holds for all {} items", key, items), section->line);
  }
}

void read_return(const DocComment& comment, const SpecValues& values) {
  const std::string type = flat_text(comment, "return-type");
  std::string check = flat_text(comment, "return-check-type");
  check = check.empty() ? flat_text(comment, "return-check") : check;
  const std::string success = flat_text(comment, "return-success");
  if (type.empty() && check.empty() && success.empty()) {
    return;
  }
  const DocSection* words = comment.find("return");
  const size_t line = words == nullptr ? comment.line : words->line;
  Return out;
  out.type_name = "long";
  out.description = flat_text(comment, "Return");
  const std::string low = lower(out.description);
  for (const std::string_view phrase : {"error code", "negative error", "success or error"}) {
    if (low.find(phrase) != low.npos) {
      values.warn("text-lost",
                  fmt::format("a text of the return value with \"{}\" in it is dropped", phrase),
                  line);
      out.description.clear();
      break;
    }
  }
  out.description = trimmed_end(out.description);
  out.type = type.empty() ? "void" : values.token(type, kTypeFamily, "return/type", line);
  out.check = check.empty() ? "exact" : values.token(check, kCheckFamily, "return/check", line);
  if (out.check == "exact") {
    out.success_value = success.empty() ? std::optional<int64_t>(0)
                                        : values.number(success, "return/success_value");
  } else if (out.check == "range") {
    out.success_min = 0;
    out.success_max = 0;
  }
  values.api().return_ = std::move(out);
}

void read_locks(const DocComment& comment, const SpecValues& values) {
  const std::vector<DocLine> lines = flat_lines(comment, "lock");
  const bool acquired = !flat_text(comment, "lock-acquired").empty();
  const bool released = !flat_text(comment, "lock-released").empty();
  std::vector<Lock>& locks = values.api().locks;
  for (const DocLine& line : lines) {
    const std::vector<std::string> parts = split(line.text, ',');
    if (parts.size() < 2) {
      values.warn("item-dropped",
                  fmt::format("a lock without a type is dropped: {}", excerpt(line.text)),
                  line.number);
      continue;
    }
    Lock lock;
    lock.name = parts[0];
    lock.type =
        values.token(parts[1], kLockTypeFamily, "locks/" + lock.name + "/type", line.number);
    lock.scope = acquired == released ? "internal" : acquired ? "acquires" : "releases";
    lock.description = trimmed_end(flat_text(comment, "lock-desc"));
    locks.push_back(std::move(lock));
  }
  note_shared(comment, "lock-desc", locks.size(), values);
  set_flat_count(comment, "lock", lines.size(), values, locks);
}

void read_constraints(const DocComment& comment, const SpecValues& values) {
  const std::vector<DocLine> lines = flat_lines(comment, "constraint");
  const std::vector<DocLine> expressions = flat_lines(comment, "constraint-expr");
  std::vector<ApiConstraint>& constraints = values.api().constraints;
  for (const DocLine& line : lines) {
    const std::vector<std::string> parts = split(line.text, ',', 2);
    ApiConstraint constraint;
    constraint.name = parts[0];
    constraint.description = parts.size() == 2 ? parts[1] : "";
    const auto found = std::find_if(
        expressions.begin(), expressions.end(),
        [&](const DocLine& expression) { return expression.text.starts_with(parts[0]); });
    if (found != expressions.end()) {
      const std::vector<std::string> words = split(found->text, ',', 2);
      constraint.expression = words.size() == 2 ? words[1] : "";
    }
    constraints.push_back(std::move(constraint));
  }
  set_flat_count(comment, "constraint", lines.size(), values, constraints);
}

Signal read_signal(const DocComment& comment, const DocLine& line, const SpecValues& values) {
  Signal signal;
  signal.name = line.text;
  const std::string path = "signals/" + signal.name + '/';
  const auto given = [&](std::string_view key, std::string_view otherwise) {
    const std::string text = flat_text(comment, key);
    return text.empty() ? std::string(otherwise) : text;
  };
  const auto number = [&](std::string_view key, std::string_view member) {
    const std::string text = flat_text(comment, key);
    const auto value =
        text.empty() ? std::nullopt : values.number(text, path + std::string(member));
    return value && *value != 0 ? value : std::nullopt;
  };
  signal.direction = values.tokens(given("signal-direction", "KAPI_SIGNAL_RECEIVE"),
                                   kDirectionFamily, path + "direction", line.number);
  signal.action = values.token(given("signal-action", "KAPI_SIGNAL_ACTION_RETURN"), kActionFamily,
                               path + "action", line.number);
  signal.condition = trimmed_end(flat_text(comment, "signal-condition"));
  signal.description = trimmed_end(flat_text(comment, "signal-desc"));
  signal.error = number("signal-error", "error");
  // Stored as the text it is; an image is read without the prefix.
  constexpr std::string_view kPrefix = "KAPI_SIGNAL_TIME_";
  const std::string timing = flat_text(comment, "signal-timing");
  signal.timing = timing.starts_with(kPrefix) ? lower(timing.substr(kPrefix.size())) : timing;
  if (const auto priority = number("signal-priority", "priority")) {
    signal.priority = static_cast<uint64_t>(*priority) & 0xff;
  }
  signal.interruptible = !flat_text(comment, "signal-interruptible").empty();
  const std::string state = flat_text(comment, "signal-state-req");
  if (!state.empty()) {
    signal.state_required =
        values.tokens(state, kStateFamily, path + "state_required", line.number);
  }
  return signal;
}

void read_signals(const DocComment& comment, const SpecValues& values) {
  const std::vector<DocLine> lines = flat_lines(comment, "signal");
  std::vector<Signal>& signals = values.api().signals;
  for (const DocLine& line : lines) {
    signals.push_back(read_signal(comment, line, values));
  }
  note_shared(comment, "signal-desc", signals.size(), values);
  set_flat_count(comment, "signal", lines.size(), values, signals);
}

void read_capabilities(const DocComment& comment, const SpecValues& values) {
  const std::vector<DocLine> lines = flat_lines(comment, "capability");
  std::vector<Capability>& capabilities = values.api().capabilities;
  for (const DocLine& line : lines) {
    const std::vector<std::string> parts = split(line.text, ',', 3);
    if (parts.size() < 2) {
      values.warn("item-dropped",
                  fmt::format("a capability is written \"CAP_X, ACTION, text\"; dropped: {}",
                              excerpt(line.text)),
                  line.number);
      continue;
    }
    Capability out;
    out.name = parts.size() == 3 ? parts[2] : parts[0];
    const std::string path = "capabilities/" + out.name + '/';
    out.number = values.number(parts[0], path + "number").value_or(0);
    out.action = values.token(parts[1], kCapabilityFamily, path + "action", line.number);
    out.allows = trimmed_end(flat_text(comment, "capability-allows"));
    out.without_cap = trimmed_end(flat_text(comment, "capability-without"));
    out.check_condition = trimmed_end(flat_text(comment, "capability-condition"));
    const std::string priority = flat_text(comment, "capability-priority");
    const auto value = priority.empty() ? std::nullopt : values.number(priority, path + "priority");
    if (value && *value != 0) {
      out.priority = static_cast<uint64_t>(*value) & 0xff;
    }
    capabilities.push_back(std::move(out));
  }
  note_shared(comment, "capability-allows", capabilities.size(), values);
  set_flat_count(comment, "capability", lines.size(), values, capabilities);
}

}  // namespace

const DocSection* flat_section(const DocComment& comment, std::string_view key) {
  const auto at = std::find_if(
      comment.sections.begin(), comment.sections.end(),
      [&](const DocSection& s) { return s.name == key || s.name == '@' + std::string(key); });
  return at == comment.sections.end() ? nullptr : &*at;
}

std::string flat_text(const DocComment& comment, std::string_view key) {
  std::string out;
  if (const DocSection* section = flat_section(comment, key)) {
    for (const DocLine& line : section->lines) {
      out += line.text;
      out += '\n';
    }
  }
  out.erase(out.find_last_not_of('\n') + 1);
  return out;
}

std::vector<DocLine> flat_lines(const DocComment& comment, std::string_view key) {
  std::vector<DocLine> out;
  if (const DocSection* section = flat_section(comment, key)) {
    for (const DocLine& line : section->lines) {
      if (!line.is_blank()) {
        out.push_back({std::string(trim(line.text)), line.number});
      }
    }
  }
  return out;
}

size_t flat_count(const DocComment& comment, std::string_view key, size_t size,
                  const SpecValues& values) {
  const std::string name = std::string(key) + "-count";
  const std::string text = flat_text(comment, name);
  const auto value = text.empty() ? std::nullopt : values.number(text, name);
  return value && *value >= 0 ? static_cast<size_t>(*value) : size;
}

void note_flat_count(std::string_view key, size_t count, size_t size, size_t line,
                     const SpecValues& values) {
  values.warn("count-too-small",
              fmt::format("the count of \"{}\" is {}, and {} are written; the rest is lost", key,
                          count, size),
              line);
}

void read_flat_spec(const DocComment& comment, const FunctionPrototype& prototype,
                    const SpecValues& values) {
  Api& api = values.api();
  api.version = 1;
  api.description = comment.purpose;
  api.long_description = trimmed_end(flat_text(comment, "long-desc"));
  if (const DocSection* section = flat_section(comment, "context-flags")) {
    api.contexts = values.tokens(flat_text(comment, "context-flags"), kContextFamily, "contexts",
                                 section->line);
  }
  if (!prototype.params.empty()) {
    values.warn("params-uncounted",
                "the generator of this form writes no number of parameters, so no reader of a "
                "spec sees them",
                comment.line);
  }
  read_return(comment, values);
  read_flat_errors(comment, values);
  read_locks(comment, values);
  read_constraints(comment, values);
  read_signals(comment, values);
  read_flat_effects(comment, values);
  read_capabilities(comment, values);
  api.examples = trimmed_end(flat_text(comment, "examples"));
  api.notes = trimmed_end(flat_text(comment, "notes"));
  read_flat_structs(comment, values);
  for (const std::string_view key : {"since", "since-version"}) {
    if (const DocSection* section = flat_section(comment, key)) {
      values.warn("section-ignored", fmt::format("the generator does not read \"{}:\"", key),
                  section->line);
    }
  }
  if (const DocSection* section = flat_section(comment, "param-mask")) {
    values.warn("does-not-compile", "\"param-mask:\" makes a macro that does not exist",
                section->line);
  }
}

}  // namespace kapi
