// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/block_spec.h"
#include "kdoc/flat_spec.h"

namespace kapi {
namespace {

void add_error(const std::vector<DocLine>& lines, const SpecValues& values) {
  const DocLine& first = lines.front();
  std::vector<std::string> parts = split(first.text, ',', 4);
  if (parts.size() < 3) {
    values.warn("item-dropped",
                fmt::format("an error is written \"-CODE, NAME, text, long text\"; dropped: {}",
                            excerpt(first.text)),
                first.number);
    return;
  }
  Error error;
  error.name = parts[1];
  error.code = values.number(parts[0], "errors/" + error.name + "/code").value_or(0);
  error.condition = parts[2];
  std::string text = parts.size() == 4 ? parts[3] : "";
  for (size_t i = 1; i < lines.size(); i++) {
    text += text.empty() && parts.size() < 4 ? "" : " ";
    text += lines[i].text;
  }
  error.description = trim(text);
  values.api().errors.push_back(std::move(error));
}

}  // namespace

void read_flat_errors(const DocComment& comment, const SpecValues& values) {
  size_t count = 0;
  std::vector<DocLine> current;
  for (DocLine& line : flat_lines(comment, "error-code")) {
    const bool starts = line.text.starts_with('-');
    count += starts ? 1 : 0;
    if (starts && !current.empty()) {
      add_error(current, values);
      current.clear();
    }
    current.push_back(std::move(line));
  }
  if (!current.empty()) {
    add_error(current, values);
  }
  const size_t wanted = flat_count(comment, "error", count, values);
  std::vector<Error>& errors = values.api().errors;
  if (wanted < errors.size()) {
    note_flat_count("error", wanted, errors.size(), comment.line, values);
    errors.resize(wanted);
  }
}

void read_flat_effects(const DocComment& comment, const SpecValues& values) {
  const std::vector<DocLine> effects = flat_lines(comment, "side-effect");
  for (const DocLine& line : effects) {
    if (line.text.find(',') == line.text.npos) {
      values.warn("item-dropped",
                  fmt::format("a side effect is written \"TYPE, target, text\"; dropped: {}",
                              excerpt(line.text)),
                  line.number);
      continue;
    }
    FlatEffect effect = split_flat_effect(line.text);
    if (effect.reversible && !effect.condition.empty()) {
      values.warn("text-lost", "behind a condition \"reversible=yes\" is lost", line.number);
      effect.reversible = false;
    }
    SideEffect out;
    out.target = effect.target;
    out.types = values.tokens(effect.type, kEffectFamily, "side_effects/" + out.target + "/types",
                              line.number);
    out.condition = effect.condition;
    out.description = effect.description;
    out.reversible = effect.reversible;
    values.api().side_effects.push_back(std::move(out));
  }
  set_flat_count(comment, "side-effect", effects.size(), values, values.api().side_effects);

  const std::vector<DocLine> transitions = flat_lines(comment, "state-trans");
  for (const DocLine& line : transitions) {
    std::vector<std::string> parts = split(line.text, ',', 4);
    if (parts.size() < 3) {
      values.warn("item-dropped",
                  fmt::format("a state transition is written \"object, from, to, text\"; dropped: "
                              "{}",
                              excerpt(line.text)),
                  line.number);
      continue;
    }
    parts.resize(4);
    values.api().state_transitions.push_back({parts[0], parts[1], parts[2], "", parts[3]});
  }
  set_flat_count(comment, "state-trans", transitions.size(), values,
                 values.api().state_transitions);
}

namespace {

bool is_integer(std::string_view type, bool is_signed) {
  type.remove_prefix(type.starts_with("__") ? 2 : 0);
  return type == (is_signed ? "s32" : "u32") || type == (is_signed ? "s64" : "u64");
}

// "name, rest" of a field's own line in a list of ranges or values.
std::optional<std::string> of_field(const std::vector<DocLine>& lines, const std::string& name) {
  std::optional<std::string> out;
  for (const DocLine& line : lines) {
    if (line.text.starts_with(name + ',')) {
      out = trim(std::string_view(line.text).substr(name.size() + 1));
    }
  }
  return out;
}

Field read_field(const DocComment& comment, const std::vector<std::string>& parts,
                 const std::string& path, const SpecValues& values) {
  Field field;
  field.name = parts[0];
  field.type_name = parts[1];
  field.description = parts[2];
  field.type = is_integer(parts[1], true) ? "int" : is_integer(parts[1], false) ? "uint" : "custom";
  const std::string own = path + field.name + "/constraint/";
  if (const auto range = of_field(flat_lines(comment, "struct-field-range"), field.name)) {
    const std::vector<std::string> bounds = split(*range, ',');
    if (bounds.size() >= 2) {
      Constraint constraint;
      constraint.type = "range";
      constraint.min = values.number(bounds[0], own + "min");
      constraint.max = values.number(bounds[1], own + "max");
      field.constraint = std::move(constraint);
    }
  }
  if (const auto list = of_field(flat_lines(comment, "struct-field-enum"), field.name)) {
    field.constraint.emplace().type = "enum";
    field.enum_values = *list;
  }
  return field;
}

}  // namespace

// The generator gives all fields to the first struct.
void read_flat_structs(const DocComment& comment, const SpecValues& values) {
  std::vector<Struct>& structs = values.api().structs;
  for (const DocLine& line : flat_lines(comment, "struct-type")) {
    const std::vector<std::string> parts = split(line.text, ',', 2);
    // It puts the name in quotes, and the macro does so again.
    const std::string name = parts.size() == 2 ? '"' + parts[1] + '"' : "";
    const bool is_known = std::any_of(structs.begin(), structs.end(),
                                      [&](const Struct& known) { return known.name == name; });
    if (parts.size() == 2 && !is_known) {
      Struct out;
      out.name = name;
      out.description = "Structure specification for " + parts[1];
      structs.push_back(std::move(out));
    }
  }
  for (const DocLine& line : flat_lines(comment, "struct-field")) {
    const std::vector<std::string> parts = split(line.text, ',', 3);
    if (parts.size() < 3 || structs.empty()) {
      values.warn(
          "item-dropped",
          fmt::format("a field is written \"NAME, TYPE, text\", and a \"struct-type:\" with "
                      "it; dropped: {}",
                      excerpt(line.text)),
          line.number);
      continue;
    }
    Struct& first = structs.front();
    first.fields.push_back(
        read_field(comment, parts, "structs/" + first.name + "/fields/", values));
  }
}

}  // namespace kapi
