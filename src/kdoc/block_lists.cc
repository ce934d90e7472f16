// SPDX-License-Identifier: GPL-2.0-only
// Errors, locks, constraints, and what a call does.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/block_spec.h"
#include "kdoc/spec_items.h"

namespace kapi {
namespace {

// "EINVAL," and more: how the line of an error begins.
bool starts_error(std::string_view line) {
  size_t at = 0;
  while (at < line.size() && ((line[at] >= 'A' && line[at] <= 'Z') || line[at] == '_' ||
                              (line[at] >= '0' && line[at] <= '9'))) {
    at++;
  }
  return at >= 2 && line[0] >= 'A' && line[0] <= 'Z' && line.substr(at).starts_with(',');
}

// The long text of an error: everything up to a blank line, with "desc:" taken off; an error's line
// ends it only as long as there is none of it.
std::string error_text(const std::vector<DocLine>& lines, size_t& index, const SpecValues& values) {
  std::string out;
  bool is_empty = true;
  for (; index < lines.size(); index++) {
    std::string_view line = trim(lines[index].text);
    if (line.empty() || (is_empty && starts_error(line))) {
      break;
    }
    if (line.starts_with("desc:")) {
      line = trim(line.substr(5));
    } else if (starts_error(line) && !lines[index].is_indented()) {
      values.warn("item-lost",
                  fmt::format("without a blank line before it, an error becomes text of the one "
                              "above: {}",
                              excerpt(line)),
                  lines[index].number);
    } else if (line.starts_with("condition:")) {
      values.warn("key-unknown",
                  "\"condition:\" is no key of an error: the line becomes text of it",
                  lines[index].number);
    }
    out += is_empty ? "" : " ";
    out += line;
    is_empty = false;
  }
  return out;
}

void read_error(const std::vector<DocLine>& lines, size_t& index, const SpecValues& values) {
  const DocLine& head = lines[index++];
  if (!starts_error(trim(head.text))) {
    values.warn("item-dropped",
                fmt::format("an error is written \"NAME, text\"; dropped: {}", excerpt(head.text)),
                head.number);
    while (index < lines.size() && lines[index].is_indented()) {
      index++;
    }
    return;
  }
  const std::vector<std::string> parts = split(trim(head.text), ',', 3);
  const std::string long_text = error_text(lines, index, values);
  Error error;
  const std::string& code = parts[0];
  if (parts.size() == 3) {
    values.warn("comma-in-error",
                fmt::format("two commas make \"{}\" the name of {} and \"{}\" its text",
                            excerpt(parts[1]), code, excerpt(parts[2])),
                head.number);
  }
  const std::string& name = parts.size() == 3 ? parts[1] : code;
  const std::string& short_text = parts.back();
  error.name = values.text(name, SpecValues::kDescription, "the name of an error", head.number);
  if (const auto value = values.number('-' + code, "errors/" + error.name + "/code")) {
    error.code = *value;
  }
  error.condition =
      values.prose(short_text, SpecValues::kDescription, "the text of an error", head.number);
  error.description = values.prose(long_text.empty() ? short_text : long_text,
                                   SpecValues::kDescription, "the text of an error", head.number);
  values.api().errors.push_back(std::move(error));
}

void read_lock(const std::vector<DocLine>& lines, size_t& index, const SpecValues& values) {
  const DocLine& head = lines[index++];
  const std::vector<std::string> parts = split(head.text, ',', 2);
  const Subfields fields =
      Subfields::read(lines, index, " type acquired released desc ", "a lock", values);
  const std::string type = parts.size() == 2 ? parts[1] : fields.get("type");
  if (parts[0].empty() || type.empty()) {
    values.warn("item-dropped",
                fmt::format("a lock without a type is dropped: {}", excerpt(head.text)),
                head.number);
    return;
  }
  Lock lock;
  lock.name = values.text(parts[0], SpecValues::kDescription, "the name of a lock", head.number);
  lock.type = values.token(canonical(type, kLockTypeFamily), kLockTypeFamily,
                           "locks/" + lock.name + "/type", head.number);
  const bool acquired = is_yes(fields, "acquired", {"true", "yes"}, values);
  const bool released = is_yes(fields, "released", {"true", "yes"}, values);
  lock.scope = acquired == released ? "internal" : acquired ? "acquires" : "releases";
  lock.description =
      values.prose(fields.get("desc"), SpecValues::kDescription, "the text of a lock", head.number);
  values.api().locks.push_back(std::move(lock));
}

void read_constraint(const std::vector<DocLine>& lines, size_t& index, const SpecValues& values) {
  const DocLine& head = lines[index++];
  const std::vector<std::string> parts = split(head.text, ',', 2);
  const Subfields fields = Subfields::read(lines, index, " desc expr ", "a constraint", values);
  std::string text = parts.size() == 2 ? parts[1] : "";
  if (fields.has("desc")) {
    text = trim(text + ' ' + fields.get("desc"));
  }
  const auto limited = [&](const std::string& value) {
    return values.prose(value, SpecValues::kDescription, "the text of a constraint", head.number);
  };
  values.api().constraints.push_back(
      {values.text(parts[0], SpecValues::kDescription, "the name of a constraint", head.number),
       limited(fields.get("expr")), limited(text)});
}

// What the generator makes of effects that it does not know.
std::string known_effects(std::string effects, size_t line, const SpecValues& values) {
  constexpr std::string_view kScheduler = "KAPI_EFFECT_SCHEDULER";
  if (effects.find(kScheduler) != effects.npos) {
    for (size_t at; (at = effects.find(kScheduler)) != effects.npos;) {
      effects.erase(at + kScheduler.size() - 1, 1);
    }
    return effects;
  }
  if (effects.find("KAPI_EFFECT_") == effects.npos) {
    return effects;
  }
  std::vector<std::string> parts = split(effects, '|');
  for (std::string& part : parts) {
    const bool is_known =
        part.starts_with(kEffectFamily.prefix) &&
        canonical(part.substr(kEffectFamily.prefix.size()), kEffectFamily) == part;
    if (!is_known) {
      values.warn(
          "token-unknown",
          fmt::format("the effect \"{}\" is not known and counts as modify_state", excerpt(part)),
          line);
      part = "KAPI_EFFECT_MODIFY_STATE";
    }
  }
  return fmt::format("{}", fmt::join(parts, " | "));
}

void read_side_effect(const std::vector<DocLine>& lines, size_t& index, const SpecValues& values) {
  const DocLine& head = lines[index++];
  FlatEffect effect;
  if (head.text.find(',') != head.text.npos) {
    effect = split_flat_effect(head.text);
    if (index < lines.size() && lines[index].is_indented() && !lines[index].is_blank()) {
      values.warn("text-lost",
                  fmt::format("a comma in the line of a side effect makes it the whole of it; "
                              "lost: {}",
                              excerpt(lines[index].text)),
                  lines[index].number);
    }
    while (index < lines.size() && lines[index].is_indented()) {
      index++;
    }
  } else {
    const Subfields fields = Subfields::read(lines, index, " target desc condition reversible ",
                                             "a side effect", values);
    effect = {std::string(trim(head.text)), fields.get("target"), fields.get("desc"),
              fields.get("condition"), is_yes(fields, "reversible", {"yes"}, values)};
  }
  const auto limited = [&](const std::string& value) {
    return values.prose(value, SpecValues::kDescription, "the text of a side effect", head.number);
  };
  SideEffect out;
  out.target = values.text(effect.target, SpecValues::kDescription, "the target of a side effect",
                           head.number);
  const std::string types =
      known_effects(canonical_list(effect.type, kEffectFamily), head.number, values);
  out.types =
      values.tokens(types, kEffectFamily, "side_effects/" + out.target + "/types", head.number);
  out.condition = limited(effect.condition);
  out.description = limited(effect.description);
  out.reversible = effect.reversible;
  values.api().side_effects.push_back(std::move(out));
}

void read_state_transition(const std::vector<DocLine>& lines, size_t& index,
                           const SpecValues& values) {
  const DocLine& head = lines[index++];
  std::vector<std::string> parts = split(head.text, ',', 4);
  std::string text;
  if (parts.size() > 1) {
    parts.resize(4);
    // A condition before the text is put in front of it again.
    const std::vector<std::string> words = split(parts[3], ',', 2);
    text = words.size() == 2 && !words[0].empty()
               ? words[0] + (words[1].empty() ? "" : ", " + words[1])
               : words.back();
  } else {
    const Subfields fields =
        Subfields::read(lines, index, " from to condition desc ", "a state transition", values);
    parts.resize(3);
    parts[1] = fields.get("from");
    parts[2] = fields.get("to");
    const std::string& condition = fields.get("condition");
    const std::string& description = fields.get("desc");
    text = condition.empty() || description.empty() ? condition + description
                                                    : condition + ", " + description;
  }
  const auto limited = [&](const std::string& value) {
    return values.text(value, SpecValues::kDescription, "the text of a state transition",
                       head.number);
  };
  StateTransition out;
  out.object = limited(parts[0]);
  out.from = limited(parts[1]);
  out.to = limited(parts[2]);
  out.description =
      values.prose(text, SpecValues::kDescription, "the text of a state transition", head.number);
  values.api().state_transitions.push_back(std::move(out));
}

using ReadItem = void (*)(const std::vector<DocLine>&, size_t&, const SpecValues&);

void read_list(const DocComment& comment, std::string_view key, ReadItem read,
               const SpecValues& values) {
  read_items(comment.find(key), values,
             [&](const std::vector<DocLine>& lines, size_t& index) { read(lines, index, values); });
}

}  // namespace

FlatEffect split_flat_effect(std::string_view line) {
  FlatEffect out;
  std::string text(trim(line));
  // ", condition=…" ends the line, but for a reversible= behind it.
  for (size_t at = text.find("condition="); at != text.npos; at = text.find("condition=", at + 1)) {
    const std::string_view before = trim(std::string_view(text).substr(0, at));
    const std::vector<std::string> rest = split(std::string_view(text).substr(at + 10), ',');
    const bool is_flag =
        rest.size() == 2 && (rest[1] == "reversible=yes" || rest[1] == "reversible=no");
    if (before.ends_with(',') && !rest[0].empty() && (rest.size() == 1 || is_flag)) {
      out.condition = rest[0];
      out.reversible = rest.size() == 2 && rest[1] == "reversible=yes";
      text = before.substr(0, before.size() - 1);
      break;
    }
  }
  if (out.condition.empty()) {
    for (const std::string_view flag : {", reversible=yes", ", reversible=no"}) {
      if (text.find(flag) == text.npos) {
        continue;
      }
      out.reversible = flag.ends_with("yes");
      for (size_t at; (at = text.find(flag)) != text.npos;) {
        text.erase(at, flag.size());
      }
      break;
    }
  }
  std::vector<std::string> parts = split(text, ',', 3);
  parts.resize(3);
  out.type = parts[0];
  out.target = parts[1];
  out.description = parts[2];
  return out;
}

void read_block_errors(const DocComment& comment, const SpecValues& values) {
  read_list(comment, "error", read_error, values);
  check_room(values.api().errors.size(), 32, "errors", comment.find("error"), values);
}

void read_block_locks(const DocComment& comment, const SpecValues& values) {
  read_list(comment, "lock", read_lock, values);
  check_room(values.api().locks.size(), 16, "locks", comment.find("lock"), values);
}

void read_block_constraints(const DocComment& comment, const SpecValues& values) {
  read_list(comment, "constraint", read_constraint, values);
  check_room(values.api().constraints.size(), 32, "constraints", comment.find("constraint"),
             values);
}

void read_block_side_effects(const DocComment& comment, const SpecValues& values) {
  read_list(comment, "side-effect", read_side_effect, values);
  check_room(values.api().side_effects.size(), 32, "side effects", comment.find("side-effect"),
             values);
}

void read_block_state_transitions(const DocComment& comment, const SpecValues& values) {
  read_list(comment, "state-trans", read_state_transition, values);
  check_room(values.api().state_transitions.size(), 8, "state transitions",
             comment.find("state-trans"), values);
}

}  // namespace kapi
