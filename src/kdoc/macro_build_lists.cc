// SPDX-License-Identifier: GPL-2.0-only
// The lists of a spec that are read member by member, without logic of their own.
#include <fmt/format.h>

#include "kdoc/macro_build.h"

namespace kapi {
namespace {

std::optional<Bits> mask(std::optional<uint64_t> bits) {
  return bits ? std::optional(Bits{*bits}) : std::nullopt;
}

// The path of an element that is called by its name.
MacroRecord named(const MacroRecord& record, std::string_view list, const std::string& name) {
  return record.at(fmt::format("{}{}/{}/", record.path(), list, name.empty() ? "(unnamed)" : name));
}

Error build_error(const MacroRecord& record) {
  const std::string name = record.text("name", "errors");
  const MacroRecord error = named(record, "errors", name);
  return {name, error.number("error_code", "code"), error.prose("condition", "condition"),
          error.prose("description", "description")};
}

// Four flags of the first revisions say what one scope says since.
std::string build_scope(const MacroRecord& lock) {
  if (lock.has("scope")) {
    return lock.token("scope", "kapi_lock_scope", "scope");
  }
  const bool acquired = lock.flag("acquired", "scope");
  const bool released = lock.flag("released", "scope");
  if (acquired != released) {
    return acquired ? "acquires" : "releases";
  }
  const bool on_entry = lock.flag("held_on_entry", "scope");
  const bool on_exit = lock.flag("held_on_exit", "scope");
  return (on_entry || on_exit) && !acquired ? "caller_held" : "internal";
}

Lock build_lock(const MacroRecord& record) {
  const std::string name = record.text("lock_name", "locks");
  const MacroRecord lock = named(record, "locks", name);
  return {name, lock.token("lock_type", "kapi_lock_type", "type"), build_scope(lock),
          lock.prose("description", "description")};
}

ApiConstraint build_api_constraint(const MacroRecord& record) {
  const std::string name = record.text("name", "constraints");
  const MacroRecord constraint = named(record, "constraints", name);
  return {name, constraint.prose("expression", "expression"),
          constraint.prose("description", "description")};
}

Signal build_signal(const MacroRecord& record) {
  Signal out;
  out.name = record.text("signal_name", "signals");
  const MacroRecord signal = named(record, "signals", out.name);
  out.number = signal.nonzero("signal_num", "number");
  out.direction = signal.tokens("direction", "kapi_signal_direction", "direction");
  out.action = signal.token("action", "kapi_signal_action", "action");
  out.target = signal.text("target", "target");
  out.condition = signal.prose("condition", "condition");
  out.description = signal.prose("description", "description");
  out.timing = signal.text("timing", "timing");
  out.priority = signal.nonzero_bits("priority", "priority", 8);
  out.restartable = signal.flag("restartable", "restartable");
  out.interruptible = signal.flag("interruptible", "interruptible");
  out.error = signal.nonzero("error_on_signal", "error");
  out.transform_to = signal.nonzero("transform_to", "transform_to");
  out.queue_behavior = signal.text("queue_behavior", "queue_behavior");
  out.sa_flags_required = mask(signal.nonzero_bits("sa_flags_required", "sa_flags_required", 32));
  out.sa_flags_forbidden =
      mask(signal.nonzero_bits("sa_flags_forbidden", "sa_flags_forbidden", 32));
  out.state_required = signal.tokens("state_required", "kapi_signal_state", "state_required");
  out.state_forbidden = signal.tokens("state_forbidden", "kapi_signal_state", "state_forbidden");
  return out;
}

SignalMask build_signal_mask(const MacroRecord& record) {
  const std::string name = record.text("mask_name", "signal_masks");
  const MacroRecord set = named(record, "signal_masks", name);
  return {name, set.integers("signals", "signal_count", "signals"),
          set.prose("description", "description")};
}

Field build_field(const MacroRecord& record) {
  Field out;
  out.name = record.text("name", "fields");
  const MacroRecord field = named(record, "fields", out.name);
  out.type = field.token("type", "kapi_param_type", "type");
  out.type_name = field.text("type_name", "type_name");
  out.offset = field.bits("offset", "offset").value_or(0);
  out.size = field.nonzero_bits("size", "size");
  out.flags = build_macro_flags(field);
  out.constraint = build_macro_constraint(field, "");
  out.enum_values = field.text("enum_values", "enum_values");
  out.description = field.prose("description", "description");
  return out;
}

Struct build_struct(const MacroRecord& record) {
  Struct out;
  out.name = record.text("name", "structs");
  const MacroRecord structure = named(record, "structs", out.name);
  out.size = structure.nonzero_bits("size", "size");
  out.alignment = structure.nonzero_bits("alignment", "alignment");
  for (const auto& field : structure.records("fields", "field_count")) {
    out.fields.push_back(build_field(field));
  }
  out.description = structure.prose("description", "description");
  return out;
}

SideEffect build_side_effect(const MacroRecord& record) {
  const std::string target = record.text("target", "side_effects");
  const MacroRecord effect = named(record, "side_effects", target);
  return {effect.tokens("type", "kapi_side_effect_type", "types"), target,
          effect.prose("condition", "condition"), effect.prose("description", "description"),
          effect.flag("reversible", "reversible")};
}

StateTransition build_transition(const MacroRecord& record) {
  const std::string object = record.text("object", "state_transitions");
  const MacroRecord transition = named(record, "state_transitions", object);
  return {object, transition.text("from_state", "from"), transition.text("to_state", "to"),
          transition.prose("condition", "condition"),
          transition.prose("description", "description")};
}

Capability build_capability(const MacroRecord& record) {
  Capability out;
  out.name = record.text("cap_name", "capabilities");
  const MacroRecord capability = named(record, "capabilities", out.name);
  out.number = capability.number("capability", "number");
  out.action = capability.token("action", "kapi_capability_action", "action");
  out.allows = capability.prose("allows", "allows");
  out.without_cap = capability.prose("without_cap", "without_cap");
  out.check_condition = capability.prose("check_condition", "check_condition");
  out.priority = capability.nonzero_bits("priority", "priority", 8);
  out.alternatives = capability.integers("alternative", "alternative_count", "alternatives");
  return out;
}

template <class T>
void build_list(const MacroRecord& spec, std::string_view array, std::string_view count,
                T (*build)(const MacroRecord&), std::vector<T>& out) {
  for (const auto& record : spec.records(array, count)) {
    out.push_back(build(record));
  }
}

}  // namespace

void build_macro_lists(const MacroRecord& spec, Api& api) {
  build_list(spec, "errors", "error_count", build_error, api.errors);
  build_list(spec, "locks", "lock_count", build_lock, api.locks);
  build_list(spec, "constraints", "constraint_count", build_api_constraint, api.constraints);
  build_list(spec, "signals", "signal_count", build_signal, api.signals);
  build_list(spec, "signal_masks", "signal_mask_count", build_signal_mask, api.signal_masks);
  build_list(spec, "struct_specs", "struct_spec_count", build_struct, api.structs);
  build_list(spec, "side_effects", "side_effect_count", build_side_effect, api.side_effects);
  build_list(spec, "state_transitions", "state_trans_count", build_transition,
             api.state_transitions);
  build_list(spec, "capabilities", "capability_count", build_capability, api.capabilities);
}

}  // namespace kapi
